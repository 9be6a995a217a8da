package dev.starling.jobs.command;

import dev.starling.worker.InvalidInput;
import dev.starling.worker.exchange.TrainingFailed;
import java.io.PrintStream;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;

/** From an exception to lines for a person and an exit status. */
final class Failure {
    private Failure() {}

    /**
     * Tells what went wrong.
     *
     * @param command that was being done
     * @param verbose whether to show the stack trace of a failed run; a wrong input never has one
     * @return the exit status
     */
    static int tell(Throwable problem, String command, PrintStream err, boolean verbose) {
        Optional<InvalidInput> wrong = cause(problem, InvalidInput.class);
        if (wrong.isPresent()) {
            wrong.get().problems().forEach(line -> err.println("starling: " + line));
            return ExitStatus.WRONG_INPUT;
        }
        err.println("starling: " + line(problem, command));
        if (verbose) {
            problem.printStackTrace(err);
        }
        return ExitStatus.FAILED;
    }

    /** Whether it was the input that was wrong, however deep that stands: Spark wraps what its tasks throw. */
    static boolean isWrongInput(Throwable problem) {
        return cause(problem, InvalidInput.class).isPresent();
    }

    private static String line(Throwable problem, String command) {
        Optional<String> ours = cause(problem, TrainingFailed.class).map(Throwable::getMessage);
        if (ours.isPresent()) {
            return firstLine(ours.get());
        }
        if (cause(problem, OutOfMemoryError.class).isPresent()) {
            return "Cannot " + command
                    + ": not enough memory (expected more, by --conf spark.driver.memory=… and spark.executor.memory=…)";
        }
        String message = problem.getMessage();
        if (message != null && message.startsWith("Cannot ")) {
            return firstLine(message);
        }
        String reason = message == null || message.isBlank() ? "" : ": " + firstLine(message);
        return "Cannot " + command + ": " + problem.getClass().getSimpleName() + reason;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("").strip();
    }

    private static <T extends Throwable> Optional<T> cause(Throwable problem, Class<T> kind) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable at = problem; at != null && seen.add(at); at = at.getCause()) {
            if (kind.isInstance(at)) {
                return Optional.of(kind.cast(at));
            }
        }
        return Optional.empty();
    }
}
