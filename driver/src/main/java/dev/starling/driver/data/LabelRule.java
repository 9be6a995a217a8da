package dev.starling.driver.data;

import dev.starling.driver.data.SplitRule.BlockSplit;
import dev.starling.worker.data.RawBlock;
import dev.starling.worker.data.Split;
import dev.starling.worker.pseudolabels.PseudoLabels;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Another rule's splits, but that training rows count by the labels that they were given, and those without one belong to no split. Positions are those among the rows with a label, in the order of the data. */
final class LabelRule implements RowRule {
    private static final long serialVersionUID = 1;

    private final RowRule splits;
    /** By block that has training rows, the label of each of these. */
    private final TreeMap<Integer, int[]> labels;

    private final TreeMap<Integer, Integer> firstPositions = new TreeMap<>();

    /**
     * @param labels by number of block
     * @param first position of the first row with a label
     */
    LabelRule(RowRule splits, Map<Integer, int[]> labels, int first) {
        this.splits = splits;
        this.labels = new TreeMap<>(labels);
        int next = first;
        for (Map.Entry<Integer, int[]> block : this.labels.entrySet()) {
            firstPositions.put(block.getKey(), next);
            next += count(block.getValue());
        }
    }

    private static int count(int[] labels) {
        return (int) Arrays.stream(labels).filter(l -> l != PseudoLabels.NONE).count();
    }

    /** Rows with a label. */
    int rows() {
        return labels.values().stream().mapToInt(LabelRule::count).sum();
    }

    @Override
    public BlockSplit over(RawBlock block) {
        BlockSplit split = splits.over(block);
        int[] given = labels.getOrDefault(block.index(), new int[0]);
        int[] all = new int[block.rows()];
        int position = firstPositions.getOrDefault(block.index(), 0);
        int next = 0;
        for (int row = 0; row < all.length; row++) {
            if (split.splits()[row] == Split.TRAIN) {
                all[row] = given[next++];
                if (all[row] == PseudoLabels.NONE) {
                    split.splits()[row] = null;
                } else {
                    split.positions()[row] = position++;
                }
            }
        }
        return new BlockSplit(split.splits(), split.positions(), all);
    }
}
