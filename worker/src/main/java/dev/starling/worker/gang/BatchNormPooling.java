package dev.starling.worker.gang;

import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.network.ParameterBlock.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Pools batch normalisation's running statistics as if one replica had seen all examples: mean = Σw·meanᵣ and
 * variance = Σw·varᵣ + Σw·(meanᵣ − mean)², the weights summing to 1. (Averaging variances alone would leave out how far the means lie apart.)
 *
 * <p>Any exchange that takes weighted means can do it, in slices and in any layout over JVMs, because it is made linear about a pivot that all
 * replicas share, the mean after the last averaging: before, each replica puts qᵣ = varᵣ + (meanᵣ − pivot)² in the variance's place; the exchange
 * averages means and q; after, variance = q − (mean − pivot)². The pivot lies close to all means, so little cancels. One per replica and thread.
 */
public final class BatchNormPooling {
    private final FlatVector parameters;
    private final List<Statistics> statistics = new ArrayList<>();

    /** The running statistics of one layer; pivot as long as each of them. */
    private record Statistics(int meanOffset, int varianceOffset, float[] pivot, float[] means, float[] variances) {}

    /** @param parameters the replica's, at a point where all replicas agree */
    public BatchNormPooling(List<ParameterBlock> blocks, FlatVector parameters) {
        this.parameters = parameters;
        for (int i = 0; i + 1 < blocks.size(); i++) {
            ParameterBlock mean = blocks.get(i);
            ParameterBlock variance = blocks.get(i + 1);
            if (!mean.frozen() && mean.kind() == Kind.RUNNING_MEAN && variance.kind() == Kind.RUNNING_VARIANCE) {
                int length = mean.length();
                statistics.add(new Statistics(
                        mean.offset(), variance.offset(), new float[length], new float[length], new float[length]));
            }
        }
        pivot();
    }

    /** Takes the pivot from the parameters, at a point where all replicas agree. */
    void pivot() {
        for (Statistics s : statistics) {
            parameters.get(s.meanOffset, s.pivot, 0, s.pivot.length);
        }
    }

    /** Just before the exchange averages the parameters. */
    public void before() {
        for (Statistics s : statistics) {
            load(s);
            for (int i = 0; i < s.pivot.length; i++) {
                float distance = s.means[i] - s.pivot[i];
                s.variances[i] += distance * distance;
            }
            parameters.set(s.varianceOffset, s.variances, 0, s.variances.length);
        }
    }

    /** Just after. Rounding never leaves a variance below 0. */
    public void after() {
        for (Statistics s : statistics) {
            load(s);
            for (int i = 0; i < s.pivot.length; i++) {
                float distance = s.means[i] - s.pivot[i];
                s.variances[i] = Math.max(0, s.variances[i] - distance * distance);
                s.pivot[i] = s.means[i];
            }
            parameters.set(s.varianceOffset, s.variances, 0, s.variances.length);
        }
    }

    private void load(Statistics s) {
        parameters.get(s.meanOffset, s.means, 0, s.means.length);
        parameters.get(s.varianceOffset, s.variances, 0, s.variances.length);
    }
}
