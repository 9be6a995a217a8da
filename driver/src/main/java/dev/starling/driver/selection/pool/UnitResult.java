package dev.starling.driver.selection.pool;

import dev.starling.worker.data.Embeddings;
import dev.starling.worker.data.Split;
import dev.starling.worker.data.Target;
import dev.starling.worker.gang.EpochReport;
import dev.starling.worker.gang.Outcome.Ending;
import dev.starling.worker.metrics.Metrics;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a unit came to.
 *
 * @param history of the epochs that this unit trained
 * @param metrics of the final model on all training and validation rows, and as TEST on the scored ones; without a split that has no rows
 * @param predictions where they were wanted
 * @param others for {@link RowChoice#predicted}, likewise, where there are such rows
 * @param seconds from its being handed out to its end on the slot
 * @param trainingSeconds of them, in epochs
 * @param facts about the machine and the step, by name, for provenance
 */
public record UnitResult(
        List<EpochReport> history,
        Ending ending,
        SortedMap<Split, Metrics> metrics,
        Optional<Predictions> predictions,
        Optional<Predictions> others,
        double seconds,
        double trainingSeconds,
        Map<String, String> facts) {
    public UnitResult {
        history = List.copyOf(history);
        metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
        facts = Map.copyOf(facts);
    }

    /**
     * Outputs for some rows, in the order in which the choice of rows has them; numeric targets in their own unit, classes by number.
     *
     * @param width outputs per row
     * @param outputs rows × width
     * @param targets rows × stored targets; nothing where the target is the input
     */
    public record Predictions(int width, float[] outputs, float[] targets) {
        /** Smoothed targets lie on their side of it. */
        private static final float HALF = 0.5f;

        /**
         * From what a network gives and is asked for. Where classes are points, they are shown by their probabilities.
         *
         * @param outputs rows × width
         * @param targets rows × width, as the network is asked for them (scaled, one-hot, smoothed)
         */
        public static Predictions of(Target target, int width, float[] outputs, float[] targets) {
            if (target instanceof Target.Classes embedded && embedded.isEmbedded()) {
                Embeddings points = new Embeddings(embedded.points());
                int rows = targets.length / width;
                return of(
                        new Target.Classes(embedded.names()),
                        points.classes(),
                        points.probabilities(outputs, rows),
                        points.probabilities(targets, rows));
            }
            if (target instanceof Target.Classes) {
                float[] classes = new float[targets.length / width];
                for (int row = 0; row < classes.length; row++) {
                    boolean second = width == 1 && targets[row] > HALF;
                    classes[row] = width == 1 ? second ? 1 : 0 : largest(targets, row * width, width);
                }
                return new Predictions(width, outputs, classes);
            }
            if (target instanceof Target.Values values) {
                return new Predictions(width, unscaled(outputs, values), unscaled(targets, values));
            }
            return new Predictions(width, outputs, new float[0]);
        }

        private static int largest(float[] values, int at, int width) {
            int best = 0;
            for (int i = 1; i < width; i++) {
                best = values[at + i] > values[at + best] ? i : best;
            }
            return best;
        }

        private static float[] unscaled(float[] scaled, Target.Values values) {
            int width = values.names().size();
            float[] plain = new float[scaled.length];
            for (int i = 0; i < plain.length; i++) {
                double divisor = values.divisors().get(i % width);
                plain[i] = (float) (scaled[i] * divisor + values.offsets().get(i % width));
            }
            return plain;
        }
    }
}
