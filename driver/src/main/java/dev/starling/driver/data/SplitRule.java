package dev.starling.driver.data;

import dev.starling.worker.data.Permutation;
import dev.starling.worker.data.RawBlock;
import dev.starling.worker.data.Seeds;
import dev.starling.worker.data.Seeds.Purpose;
import dev.starling.worker.data.Split;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which split each row belongs to, as a function of seed and row number alone: row i of the n rows of class c, in the order of the data, goes to
 * q = π(i) for a random permutation π of its own; the first test(c) of them are test rows, the next validation(c) validation rows, the rest train. A training row's position is the
 * number of training rows of earlier classes plus its place in its class. Where the target is not classes, all rows are of one.
 *
 * <p>Immutable; shipped to tasks. Rows of sources of their own are wholly of that split.
 */
final class SplitRule implements RowRule {
    private static final long serialVersionUID = 1;

    private final long seed;
    private final Dataset dataset;
    private final List<String> classes;
    private final SplitCounts counts;
    /** Per block of the training source, rows of each class in the blocks before it. */
    private final int[][] before;

    private SplitRule(long seed, Dataset dataset, List<String> classes, SplitCounts counts, int[][] before) {
        this.seed = seed;
        this.dataset = dataset;
        this.classes = List.copyOf(classes);
        this.counts = counts;
        this.before = before;
    }

    /**
     * The rule for scanned data.
     *
     * @param classes names in order; empty where the target is not classes
     * @param test fraction of the training source, 0 for none
     * @param validation fraction of what is left, 0 for none
     * @param unseen of the classes those whose rows are all test rows
     */
    static SplitRule of(
            Scan scan, List<String> classes, double test, double validation, Collection<String> unseen, long seed) {
        Map<String, Integer> numbers = numbers(classes);
        int width = Math.max(1, classes.size());
        List<BlockFacts> facts = scan.trainFacts();
        int[][] before = new int[facts.size()][];
        int[] total = new int[width];
        for (int block = 0; block < before.length; block++) {
            before[block] = total.clone();
            BlockFacts found = facts.get(block);
            if (classes.isEmpty()) {
                total[0] = Math.addExact(total[0], found.rows());
            }
            for (int i = 0; i < found.classNames().length && !classes.isEmpty(); i++) {
                int number = numbers.get(found.classNames()[i]);
                total[number] = Math.addExact(total[number], found.classCounts()[i]);
            }
        }
        int[] never = IntStream.range(0, classes.size())
                .filter(c -> unseen.contains(classes.get(c)))
                .toArray();
        return new SplitRule(seed, scan.dataset(), classes, SplitCounts.of(total, test, validation, never), before);
    }

    SplitCounts counts() {
        return counts;
    }

    @Override
    public BlockSplit over(RawBlock block) {
        Split source = dataset.partOf(block.index()).split();
        Split[] splits = new Split[block.rows()];
        int[] positions = new int[block.rows()];
        if (source == Split.TRAIN) {
            assign(block, splits, positions);
        } else {
            Arrays.fill(splits, source);
        }
        return new BlockSplit(splits, positions);
    }

    private void assign(RawBlock block, Split[] splits, int[] positions) {
        int[] next = before[block.index()].clone();
        Permutation[] permutations = new Permutation[next.length];
        for (int c = 0; c < next.length; c++) {
            permutations[c] = new Permutation(counts.rows()[c], Seeds.derive(seed, Purpose.SPLIT, c));
        }
        int[] classOfCode = classOfCode(block);
        int texts = block.textColumns();
        int column = dataset.schema().classColumn();
        for (int row = 0; row < splits.length; row++) {
            int c = classes.isEmpty() ? 0 : classOfCode[block.codes()[row * texts + column]];
            int q = (int) permutations[c].apply(next[c]++);
            splits[row] = counts.split(c, q);
            positions[row] = counts.position(c, q);
        }
    }

    private int[] classOfCode(RawBlock block) {
        if (classes.isEmpty()) {
            return new int[0];
        }
        Map<String, Integer> numbers = numbers(classes);
        return Arrays.stream(block.dictionaries()[dataset.schema().classColumn()])
                .mapToInt(numbers::get)
                .toArray();
    }

    private static Map<String, Integer> numbers(List<String> classes) {
        Map<String, Integer> numbers = new HashMap<>();
        classes.forEach(name -> numbers.put(name, numbers.size()));
        return numbers;
    }

    /**
     * Splits of a block's rows.
     *
     * @param positions of training rows among all training rows; meaningless for others
     * @param labels of training rows, classes by which they count whatever they have; empty where they count by their own
     */
    record BlockSplit(Split[] splits, int[] positions, int[] labels) {
        BlockSplit(Split[] splits, int[] positions) {
            this(splits, positions, new int[0]);
        }

        /** Writes a training row's label in the place of its class, where it has another. */
        void label(int row, float[] values, int at) {
            if (labels.length > 0 && splits[row] == Split.TRAIN) {
                values[at] = labels[row];
            }
        }
    }
}
