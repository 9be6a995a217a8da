package dev.starling.driver.selection.pool;

import dev.starling.driver.data.RawData;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which rows of the data a unit uses, by their numbers in the order of the data. Arrays are not copied and must not change.
 *
 * @param train what it learns from, and what its preparation is fitted on, in the order in which its replica counts them; a number that stands twice counts twice
 * @param validation what its epochs are watched by; may be empty
 * @param scored what the final model is scored on, the unit's test rows; may be empty
 * @param predicted for which the final model's outputs are wanted, and nothing else; may be empty
 */
public record RowChoice(int[] train, int[] validation, int[] scored, int[] predicted) {
    private static final int[] NONE = {};

    /** Without rows that are only predicted. */
    public RowChoice(int[] train, int[] validation, int[] scored) {
        this(train, validation, scored, NONE);
    }

    /** As {@code train} chooses: learning from the training rows, watched by the validation rows. Test rows are not among them. */
    public static RowChoice holdOut(RawData data) {
        RawData.Rows rows = data.split();
        return new RowChoice(rows.train(), rows.validation(), NONE);
    }

    /** For what has been chosen: learning from training and validation rows, scored once on the test rows. */
    public static RowChoice refit(RawData data) {
        RawData.Rows rows = data.split();
        int[] all = IntStream.concat(Arrays.stream(rows.train()), Arrays.stream(rows.validation()))
                .toArray();
        return new RowChoice(all, NONE, rows.test());
    }
}
