package dev.starling.driver.data;

import dev.starling.driver.data.SplitRule.BlockSplit;
import dev.starling.worker.data.RawBlock;
import dev.starling.worker.data.Split;
import java.util.Arrays;

/** Splits by the numbers of rows: those of a fold. */
final class ChosenRows implements RowRule {
    private static final long serialVersionUID = 1;
    private static final int NONE = -1;
    private static final int VALIDATION = -2;
    private static final int TEST = -3;

    private final int[] firstRows;
    /** Per row, its place among the training rows, or what it is instead. */
    private final int[] places;

    /**
     * @param firstRows per block, the number of its first row; then that of all rows
     * @param train every number once, and in no other split
     */
    ChosenRows(int[] firstRows, int[] train, int[] validation, int[] test) {
        this.firstRows = firstRows;
        this.places = new int[firstRows[firstRows.length - 1]];
        Arrays.fill(places, NONE);
        for (int i = 0; i < train.length; i++) {
            places[train[i]] = i;
        }
        for (int row : validation) {
            places[row] = VALIDATION;
        }
        for (int row : test) {
            places[row] = TEST;
        }
    }

    @Override
    public BlockSplit over(RawBlock block) {
        Split[] splits = new Split[block.rows()];
        int[] positions = new int[block.rows()];
        for (int row = 0; row < splits.length; row++) {
            int place = places[firstRows[block.index()] + row];
            if (place >= 0) {
                splits[row] = Split.TRAIN;
                positions[row] = place;
            } else if (place != NONE) {
                splits[row] = place == VALIDATION ? Split.VALIDATION : Split.TEST;
            }
        }
        return new BlockSplit(splits, positions);
    }
}
