package dev.starling.tests.benchmark;

import java.util.Locale;

/**
 * A number that was promised, and what it is.
 *
 * @param atLeast whether the bound is a lower one
 */
record Requirement(String name, double value, boolean atLeast, double bound) {
    static Requirement atLeast(String name, double value, double bound) {
        return new Requirement(name, value, true, bound);
    }

    static Requirement atMost(String name, double value, double bound) {
        return new Requirement(name, value, false, bound);
    }

    /** {@code name<TAB>value<TAB>target}. */
    String line() {
        return name + "\t" + number(value) + "\t" + (atLeast ? ">= " : "<= ") + number(bound);
    }

    private static String number(double number) {
        return String.format(Locale.ROOT, Math.abs(number) >= 100 ? "%.0f" : "%.3f", number);
    }
}
