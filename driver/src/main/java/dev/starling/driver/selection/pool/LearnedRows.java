package dev.starling.driver.selection.pool;

import dev.starling.worker.InvalidInput;
import dev.starling.worker.data.ExampleBlock;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.Target;
import dev.starling.worker.pseudolabels.PseudoLabelSpec;
import dev.starling.worker.pseudolabels.PseudoLabels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows that a unit learns from, in the order in which its replica counts them. Arrays are not copied and must not change.
 *
 * @param labels per row, the class that it counts as; empty where that is its own
 */
record LearnedRows(int[] rows, int[] labels) {
    /** Those of the training rows that have a pseudo-label or kept their own: as the cluster gives them to the same rows, since they are looked at in the order of the data, each once. */
    static LearnedRows of(int[] train, Preparation preparation, ExampleBlock encoded, PseudoLabelSpec spec) {
        if (!(preparation.target() instanceof Target.Classes target)) {
            throw new InvalidInput(
                    "Cannot use data.pseudoLabels: the target is not classes (expected a cross-entropy as"
                            + " the loss, and a target of its own)");
        }
        int[] sorted = Arrays.stream(train).sorted().distinct().toArray();
        int classes = target.names().size();
        spec.check(sorted.length, sorted.length, classes);
        List<double[]> inputs = new ArrayList<>();
        int[] classOf = new int[sorted.length];
        float[] floats = new float[preparation.featureSize()];
        for (int i = 0; i < sorted.length; i++) {
            encoded.read(sorted[i], floats);
            double[] input = new double[floats.length];
            for (int j = 0; j < floats.length; j++) {
                input[j] = floats[j];
            }
            inputs.add(input);
            classOf[i] = (int) encoded.storedTarget(sorted[i]);
        }
        int[] found = PseudoLabels.of(inputs, classOf, classes, spec).labels();
        int[] labels = new int[train.length];
        int[] rows = new int[train.length];
        int kept = 0;
        for (int row : train) {
            int label = found[Arrays.binarySearch(sorted, row)];
            if (label != PseudoLabels.NONE) {
                rows[kept] = row;
                labels[kept++] = label;
            }
        }
        return new LearnedRows(Arrays.copyOf(rows, kept), Arrays.copyOf(labels, kept));
    }
}
