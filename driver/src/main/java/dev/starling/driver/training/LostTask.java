package dev.starling.driver.training;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Spark says when a barrier stage ends because a task was lost, in one line for a person. */
final class LostTask {
    private static final Pattern RANK = Pattern.compile("ResultTask\\(\\d+, (\\d+)\\)");
    private static final Pattern EXECUTOR =
            Pattern.compile("ExecutorLostFailure \\(executor (\\S+) [^)]*\\)(?: Reason: (.*))?");

    private LostTask() {}

    /** @param message of the exception with which the job failed */
    static String describe(String message) {
        Matcher rank = RANK.matcher(message);
        String replica = rank.find() ? "replica " + rank.group(1) : "a replica";
        Matcher executor = EXECUTOR.matcher(message);
        if (executor.find()) {
            String reason = executor.group(2) == null ? "no reason given" : executor.group(2);
            return replica + " was lost with executor " + executor.group(1) + ": " + reason.strip();
        }
        return replica + " was lost: " + reason(message);
    }

    /** The line after Spark's own words about stages. */
    private static String reason(String message) {
        int after = message.lastIndexOf("finished unsuccessfully.");
        String rest = after < 0 ? message : message.substring(after + "finished unsuccessfully.".length());
        return rest.lines()
                .map(String::strip)
                .filter(l -> !l.isEmpty())
                .findFirst()
                .orElse("no reason given");
    }
}
