package dev.starling.worker.gang;

import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.network.ParameterBlock.Kind;
import dev.starling.worker.optimizer.OptimizerSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes in a mean z of copies s one round after they were made: x ← x + aⁿ·(z − s), n the steps since. Parameters have a = 1: the gang moves to z, and the way that
 * the replica went since is kept. Optimiser state that forgets (s ← a·s + …) has its own a: it becomes what it were, had the round begun from z; with a = 1 a
 * second moment could fall below 0. What cannot be negative is cut at 0, for rounding and for running variances of replicas far apart. One per replica and thread.
 */
final class LateCorrection {
    private static final int CHUNK = 1024;

    /** A run of values of one vector that are treated alike. */
    private record Part(int vector, int offset, int length, double decay, boolean notNegative) {}

    private final List<Part> parts = new ArrayList<>();
    private final float[] x = new float[CHUNK];
    private final float[] s = new float[CHUNK];
    private final float[] z = new float[CHUNK];

    /** @param optimizer whose state is the second vector, if there are two */
    LateCorrection(List<ParameterBlock> blocks, OptimizerSpec optimizer) {
        int length = 0;
        for (ParameterBlock block : blocks) {
            boolean variance = block.kind() == Kind.RUNNING_VARIANCE;
            if (!block.frozen()) {
                parts.add(new Part(0, block.offset(), block.length(), 1, variance));
            }
            length += block.length();
        }
        List<OptimizerSpec.Memory> memories = optimizer.memories();
        for (int k = 0; k < memories.size(); k++) {
            OptimizerSpec.Memory memory = memories.get(k);
            parts.add(new Part(1, k * length, length, memory.decay(), memory.notNegative()));
        }
    }

    /** @param own changed; copies and means as many and as long */
    void apply(List<FlatVector> own, List<FlatVector> copies, List<FlatVector> means, long steps) {
        for (Part part : parts) {
            if (part.vector < own.size()) {
                float weight = (float) Math.pow(part.decay, (double) steps);
                apply(own.get(part.vector), copies.get(part.vector), means.get(part.vector), part, weight);
            }
        }
    }

    private void apply(FlatVector own, FlatVector copy, FlatVector mean, Part part, float weight) {
        for (int at = part.offset, end = at + part.length; at < end; at += CHUNK) {
            int n = Math.min(CHUNK, end - at);
            own.get(at, x, 0, n);
            copy.get(at, s, 0, n);
            mean.get(at, z, 0, n);
            add(x, z, s, n, weight);
            if (part.notNegative) {
                cut(x, n);
            }
            own.set(at, x, 0, n);
        }
    }

    private static void add(float[] x, float[] z, float[] s, int n, float weight) {
        for (int i = 0; i < n; i++) {
            x[i] += weight * (z[i] - s[i]);
        }
    }

    private static void cut(float[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = Math.max(0, x[i]);
        }
    }
}
