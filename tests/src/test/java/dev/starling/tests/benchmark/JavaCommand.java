package dev.starling.tests.benchmark;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How contenders in Java are started, on this process's class path. */
final class JavaCommand {
    private JavaCommand() {}

    /** With the JVM's arguments as this process has them: those of Starling. */
    static List<String> asStarling(Class<?> main, String... arguments) {
        // Where MLlib is, Spark's Kryo serializer wants Spark SQL too.
        return command(flag -> true, List.of(), classPath(jar -> !jar.contains("spark-mllib")), main, arguments);
    }

    /**
     * With what DL4J and Spark need on Java 17 and the same heap, and nothing that makes them faster: as users have it.
     *
     * @param more arguments of the JVM
     */
    static List<String> asStock(List<String> more, Class<?> main, String... arguments) {
        return command(JavaCommand::isNeeded, more, classPath(jar -> true), main, arguments);
    }

    private static boolean isNeeded(String flag) {
        return flag.startsWith("--add-opens")
                || flag.startsWith("-Xmx")
                || flag.startsWith("-Dlog4j2")
                || flag.startsWith("-Dstarling")
                || flag.startsWith("-Djdk.reflect")
                || flag.startsWith("-XX:UseAVX")
                || flag.equals("-XX:+IgnoreUnrecognizedVMOptions");
    }

    private static String classPath(Predicate<String> kept) {
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getProperty("java.class.path"))
                .filter(kept)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static List<String> command(
            Predicate<String> kept, List<String> more, String classPath, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(kept)
                .forEach(command::add);
        command.addAll(more);
        command.add("-cp");
        command.add(classPath);
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return command;
    }
}
