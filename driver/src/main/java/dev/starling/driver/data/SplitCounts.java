package dev.starling.driver.data;

import dev.starling.worker.data.Split;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How many rows of each class each split takes from the training source. Totals are the rounded fractions of all rows; the classes' shares differ from them by less
 * than one row (largest remainder; of equal ones the earlier class).
 *
 * @param rows per class
 * @param test per class
 * @param validation per class
 * @param trainBefore per class, training rows of earlier classes
 */
record SplitCounts(int[] rows, int[] test, int[] validation, int[] trainBefore) implements Serializable {
    /** @param unseen classes whose rows are all test rows, beside the fraction of the others */
    static SplitCounts of(int[] rows, double test, double validation, int... unseen) {
        int[] seen = rows.clone();
        for (int c : unseen) {
            seen[c] = 0;
        }
        int[] testRows = shares(seen, test);
        for (int c : unseen) {
            testRows[c] = rows[c];
        }
        int[] left =
                IntStream.range(0, rows.length).map(c -> rows[c] - testRows[c]).toArray();
        int[] validationRows = shares(left, validation);
        int[] before = new int[rows.length];
        for (int c = 1; c < rows.length; c++) {
            before[c] = before[c - 1] + left[c - 1] - validationRows[c - 1];
        }
        return new SplitCounts(rows, testRows, validationRows, before);
    }

    private static int[] shares(int[] rows, double fraction) {
        int total =
                (int) Math.round(fraction * Arrays.stream(rows).asLongStream().sum());
        int[] shares =
                Arrays.stream(rows).map(n -> (int) Math.floor(fraction * n)).toArray();
        int missing = total - Arrays.stream(shares).sum();
        IntStream.range(0, rows.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer c) -> shares[c] - fraction * rows[c]))
                .limit(Math.max(0, missing))
                .forEach(c -> shares[c]++);
        return shares;
    }

    Split split(int c, int q) {
        if (q < test[c]) {
            return Split.TEST;
        }
        return q < test[c] + validation[c] ? Split.VALIDATION : Split.TRAIN;
    }

    int position(int c, int q) {
        return trainBefore[c] + q - test[c] - validation[c];
    }

    long total(Split split) {
        long heldOut = sum(test) + sum(validation);
        return switch (split) {
            case TEST -> sum(test);
            case VALIDATION -> sum(validation);
            case TRAIN -> sum(rows) - heldOut;
        };
    }

    private static long sum(int[] values) {
        return Arrays.stream(values).asLongStream().sum();
    }
}
