package dev.starling.driver.selection.search.space;

import java.util.Optional;
import java.util.OptionalDouble;

/** What dimensions have in common. */
final class Ranges {
    private Ranges() {}

    static void require(Optional<Flaw> flaw) {
        if (flaw.isPresent()) {
            throw flaw.get().asError();
        }
    }

    static Optional<Flaw> flaw(String found, double low, double high) {
        boolean range = low < high && Double.isFinite(high - low);
        return range ? Optional.empty() : Optional.of(new Flaw(found, "[low, high] with low below high"));
    }

    static String written(String kind, double low, double high, OptionalDouble step) {
        return kind + " [" + text(low) + ", " + text(high) + "]"
                + (step.isPresent() ? " in steps of " + text(step.getAsDouble()) : "");
    }

    /** Without the point of a whole number. */
    private static String text(double x) {
        return x == Math.rint(x) && Math.abs(x) < 1e15 ? String.valueOf((long) x) : String.valueOf(x);
    }

    static Optional<Double> number(String text) {
        try {
            return Optional.of(Double.valueOf(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Which of n cells of equal width a place of [0, 1] lies in. */
    static long cellOf(double unit, long cells) {
        return Math.max(0, Math.min(cells - 1, (long) (unit * cells)));
    }
}
