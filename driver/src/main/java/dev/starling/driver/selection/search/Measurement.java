package dev.starling.driver.selection.search;

import java.util.Arrays;

/**
 * What an assignment came to.
 *
 * @param values of the objective's metric after each of its epochs; fewer than asked for where the training ended itself, and then it is over
 * @param seconds on the slot
 */
public record Measurement(double[] values, double seconds) {
    public Measurement {
        values = values.clone();
    }

    @Override
    public double[] values() {
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Measurement m && Arrays.equals(values, m.values) && seconds == m.seconds;
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(values) + Double.hashCode(seconds);
    }

    @Override
    public String toString() {
        return "Measurement" + Arrays.toString(values) + " in " + seconds + " s";
    }
}
