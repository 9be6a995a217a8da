package dev.starling.jobs.progress;

import dev.starling.driver.training.Attempt;
import dev.starling.driver.training.ProgressListener.RoundProgress;
import dev.starling.worker.gang.Position;
import java.util.Locale;
import java.util.Map;

/** The words of progress. */
final class Lines {
    private static final int BAR = 20;
    private static final int COLUMNS = 79;

    private Lines() {}

    /**
     * One epoch.
     *
     * @param train running means by metric name
     * @param validation of the model at the epoch's end; empty where there is no validation split
     */
    static String epoch(
            int epoch,
            int epochs,
            Map<String, Double> train,
            Map<String, Double> validation,
            double examplesPerSecond) {
        StringBuilder line = new StringBuilder();
        int digits = Integer.toString(epochs).length();
        line.append(String.format(Locale.ROOT, "epoch %" + digits + "d/%d", epoch, epochs));
        line.append("  train").append(values(train));
        if (!validation.isEmpty()) {
            line.append("  validation").append(values(validation));
        }
        return line.append(String.format(Locale.ROOT, "  %,.0f examples/s", examplesPerSecond))
                .toString();
    }

    /** Why and from where training goes on; for an attempt that is not simply the first. */
    static String attempt(Attempt attempt) {
        String from = attempt.from().map(Position::toString).orElse("the beginning");
        if (attempt.cause().isEmpty()) {
            return "going on from " + from;
        }
        String retry = attempt.retry() == 0 ? "" : "retry " + attempt.retry() + " of " + attempt.retries() + ", ";
        return attempt.cause().get() + "; " + retry + "from " + from;
    }

    private static String values(Map<String, Double> metrics) {
        StringBuilder text = new StringBuilder();
        metrics.forEach(
                (name, value) -> text.append(' ').append(name).append(' ').append(value(value)));
        return text.toString();
    }

    static String value(double value) {
        double size = Math.abs(value);
        String pattern = size != 0 && size < 1e-3 ? "%.2e" : size < 100 ? "%.4f" : "%,.2f";
        return String.format(Locale.ROOT, pattern, value);
    }

    /** One line that fits a terminal of 80 columns; plain characters, since a terminal's encoding is not known. */
    static String bar(RoundProgress now) {
        String before = String.format(Locale.ROOT, "epoch %d/%d [", now.epoch(), now.epochs());
        String after = String.format(
                Locale.ROOT,
                "] %d/%d  %,.0f ex/s  loss %s%s",
                now.round(),
                now.rounds(),
                now.examplesPerSecond(),
                value(now.loss()),
                left(now));
        int width = Math.max(1, Math.min(BAR, COLUMNS - before.length() - after.length()));
        int done = now.rounds() == 0 ? 0 : (int) Math.min(width, (long) now.round() * width / now.rounds());
        String head = done < width ? ">" + " ".repeat(width - done - 1) : "";
        return before + "=".repeat(done) + head + after;
    }

    /** Until the last epoch ends, at this rate. */
    private static String left(RoundProgress now) {
        double examples = (double) (now.epochs() - now.epoch() + 1) * now.examplesPerEpoch() - now.examples();
        return now.examplesPerSecond() > 0 ? "  " + duration(examples / now.examplesPerSecond()) + " left" : "";
    }

    /** {@code 0:42}, {@code 12:05}, {@code 1:02:03}. */
    static String duration(double seconds) {
        long whole = Math.round(seconds);
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }
}
