package dev.starling.jobs.command;

import dev.starling.jobs.progress.Screen;
import java.io.PrintStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.function.ToIntFunction;

/**
 * Watches for the end from outside while a job runs: Ctrl-C or a TERM signal. Says so, so that the failure which Spark makes of it is not told as one, and sees to it that
 * the process ends with 130 in either case; the JVM's own status after TERM is 143.
 */
final class Interruption implements AutoCloseable {
    private final Thread hook;
    private volatile boolean happened;
    private volatile Runnable silence = () -> {};
    private volatile String message = "interrupted; nothing was stored";

    private Interruption(PrintStream err) {
        this.hook = new Thread(
                () -> {
                    happened = true;
                    silence.run();
                    err.println(System.lineSeparator() + "starling: " + message);
                    err.flush();
                },
                "starling-interruption");
    }

    /** Does a job under watch; gives its exit status, or that of an interruption. */
    static int during(PrintStream err, ToIntFunction<Interruption> job) {
        try (Interruption interruption = new Interruption(err)) {
            Runtime.getRuntime().addShutdownHook(interruption.hook);
            exitOnTerm();
            try {
                return job.applyAsInt(interruption);
            } catch (Exception e) { // Scala throws checked exceptions without saying so.
                if (interruption.happened) {
                    return ExitStatus.INTERRUPTED;
                }
                throw e;
            }
        }
    }

    /** What would complain of the end, or tell it a second time. */
    void silenceBy(Cluster cluster, Screen screen) {
        silence = () -> {
            screen.mute();
            cluster.silence();
        };
    }

    /** Changes what will be said. */
    void tell(String newMessage) {
        message = newMessage;
    }

    /** The job is over; what comes now is the ordinary end. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            happened = true; // The end from outside has begun.
        }
    }

    /**
     * By reflection: {@code sun.misc.Signal} is the only way to a signal and part of what every JDK supports, but javac warns of it in a way that nothing silences.
     */
    private static void exitOnTerm() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler exit = (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                    System.exit(ExitStatus.INTERRUPTED);
                }
                return null;
            };
            Object onTerm = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, exit);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("TERM"), onTerm);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot watch for TERM signals on this JVM", e);
        }
    }
}
