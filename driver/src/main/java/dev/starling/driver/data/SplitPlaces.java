package dev.starling.driver.data;

import dev.starling.driver.data.SplitRule.BlockSplit;
import dev.starling.worker.data.Permutation;
import dev.starling.worker.data.RawBlock;
import dev.starling.worker.data.Seeds;
import dev.starling.worker.data.Seeds.Purpose;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/** Which rows of the data are in which split, by their numbers. */
final class SplitPlaces {
    private static final int VALIDATION = -1;
    private static final int TEST = -2;

    private SplitPlaces() {}

    /**
     * @param firstRows per block, the number of its first row
     * @param trainRows how many there are
     * @param seed by which they are dealt
     */
    static RawData.Rows rows(JavaRDD<ParsedBlock> blocks, int[] firstRows, SplitRule rule, int trainRows, long seed) {
        List<int[]> found = blocks.map(parsed -> places(parsed.block(), rule)).collect().stream()
                .sorted(Comparator.comparingInt(block -> block[0]))
                .toList();
        int[] train = new int[trainRows];
        Permutation order = new Permutation(train.length, Seeds.derive(seed, Purpose.DEAL));
        List<Integer> validation = new ArrayList<>();
        List<Integer> test = new ArrayList<>();
        for (int[] block : found) {
            int first = firstRows[block[0]];
            for (int i = 1; i < block.length; i++) {
                int row = first + i - 1;
                if (block[i] >= 0) {
                    train[(int) order.apply(block[i])] = row;
                } else {
                    (block[i] == VALIDATION ? validation : test).add(row);
                }
            }
        }
        return new RawData.Rows(train, array(validation), array(test));
    }

    /** The block's number, then for each row its place among all training rows, or what it is instead. */
    private static int[] places(RawBlock block, SplitRule rule) {
        BlockSplit split = rule.over(block);
        int[] places = new int[block.rows() + 1];
        places[0] = block.index();
        for (int row = 0; row < block.rows(); row++) {
            places[row + 1] = switch (split.splits()[row]) {
                case TRAIN -> split.positions()[row];
                case VALIDATION -> VALIDATION;
                case TEST -> TEST;
            };
        }
        return places;
    }

    private static int[] array(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }
}
