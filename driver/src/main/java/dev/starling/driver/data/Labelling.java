package dev.starling.driver.data;

import dev.starling.driver.data.Dealing.Part;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.data.RowChunk;
import dev.starling.worker.data.Split;
import dev.starling.worker.data.Target;
import dev.starling.worker.pseudolabels.PseudoLabelSpec;
import dev.starling.worker.pseudolabels.PseudoLabels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;

/** Gives training rows, and examples that came without labels, the labels of their clusters. One task has them all, in the order of the data, so that labels depend on data and seed alone. */
final class Labelling {
    /** Number by which the first block of examples that came without labels goes: after all others. */
    private static final int UNLABELLED = 1 << 30;

    private Labelling() {}

    /**
     * The data with pseudo-labels in training; validation and test rows stay as they are, and out of it.
     *
     * @param data prepared, and replaced by what is returned
     * @throws InvalidInput if the target is not classes, or the rows are too few
     */
    static PreparedData of(PreparedData data, PseudoLabelSpec spec) {
        if (!(data.preparation().target() instanceof Target.Classes target)) {
            throw new InvalidInput(
                    "Cannot use data.pseudoLabels: the target is not classes (expected a cross-entropy as"
                            + " the loss, and a target of its own)");
        }
        Optional<PreparedData> others = data.unlabelled();
        int classes = target.names().size();
        long own = data.rows(Split.TRAIN);
        spec.check(own, own + others.map(rows -> rows.rows(Split.TRAIN)).orElse(0L), classes);
        JavaRDD<RowChunk> rows = data.encoded(Split.TRAIN);
        JavaRDD<RowChunk> all = others.map(without ->
                        without.encoded(Split.TRAIN).map(chunk -> numbered(chunk, UNLABELLED + chunk.block())))
                .map(rows::union)
                .orElse(rows);
        int features = data.preparation().featureSize();
        List<int[]> found = new ArrayList<>(all.coalesce(1)
                .mapPartitions(new Cluster(features, classes, spec))
                .collect());
        int[] sums = found.remove(found.size() - 1);
        Map<Integer, int[]> labels = new TreeMap<>();
        Map<Integer, int[]> added = new TreeMap<>();
        for (int[] block : found) {
            int[] given = Arrays.copyOfRange(block, 1, block.length);
            if (block[0] >= UNLABELLED) {
                added.put(block[0] - UNLABELLED, given);
            } else {
                labels.put(block[0], given);
            }
        }
        LabelRule rule = new LabelRule(data.rule(), labels, 0);
        List<Part> parts = new ArrayList<>();
        int train = rule.rows();
        if (others.isPresent()) {
            LabelRule more = new LabelRule(others.get().rule(), added, train);
            train += more.rows();
            parts.add(new Part(others.get().blocks(), others.get().preparation(), more, UNLABELLED, features + 1));
        }
        String line = new PseudoLabels(new int[sums[0]], sums[1], sums[2], sums[3]).line();
        return data.labelled(rule, parts, train, others.orElseGet(data::asInputs), line);
    }

    private static RowChunk numbered(RowChunk chunk, int block) {
        return new RowChunk(chunk.split(), block, chunk.slots(), chunk.width(), chunk.values());
    }

    /** Gives for each block its number and the labels of its rows, then how many rows there are, how many kept their own label, got another, and got the true one. */
    private record Cluster(int features, int classes, PseudoLabelSpec spec)
            implements FlatMapFunction<Iterator<RowChunk>, int[]> {
        @Override
        public Iterator<int[]> call(Iterator<RowChunk> chunks) {
            List<RowChunk> blocks = new ArrayList<>();
            chunks.forEachRemaining(blocks::add);
            blocks.sort(Comparator.comparingInt(RowChunk::block));
            List<double[]> inputs = new ArrayList<>();
            List<Integer> classOf = new ArrayList<>();
            for (RowChunk block : blocks) {
                for (int row = 0; row < block.rows(); row++) {
                    int at = row * block.width();
                    double[] input = new double[features];
                    for (int i = 0; i < features; i++) {
                        input[i] = block.values()[at + i];
                    }
                    inputs.add(input);
                    classOf.add(block.width() > features ? (int) block.values()[at + features] : PseudoLabels.NONE);
                }
            }
            int[] known = classOf.stream().mapToInt(Integer::intValue).toArray();
            PseudoLabels found = PseudoLabels.of(inputs, known, classes, spec);
            return byBlock(blocks, found).iterator();
        }

        private static List<int[]> byBlock(List<RowChunk> blocks, PseudoLabels found) {
            List<int[]> given = new ArrayList<>();
            int from = 0;
            for (RowChunk block : blocks) {
                int[] labels = new int[block.rows() + 1];
                labels[0] = block.block();
                System.arraycopy(found.labels(), from, labels, 1, block.rows());
                from += block.rows();
                given.add(labels);
            }
            given.add(new int[] {found.labels().length, found.own(), found.given(), found.right()});
            return given;
        }
    }
}
