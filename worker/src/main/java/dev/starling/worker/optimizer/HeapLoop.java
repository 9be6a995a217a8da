package dev.starling.worker.optimizer;

import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.Penalty;

/**
 * Copies a chunk of each vector to a small array, which stays in the first-level cache, works there in loops that C2 vectorises, and copies
 * back. Scalar loops over the buffers themselves take three times as long.
 */
final class HeapLoop implements UpdateLoop {
    private static final int CHUNK = 1024;

    private final UpdateRule rule;
    private final float[] p = new float[CHUNK];
    private final float[] g = new float[CHUNK];
    private final float[][] state;

    HeapLoop(UpdateRule rule, int stateVectors) {
        this.rule = rule;
        this.state = new float[stateVectors][CHUNK];
    }

    @Override
    public void begin(long step, double learningRate) {
        rule.begin(step, learningRate);
    }

    @Override
    public void update(
            FlatVector parameters,
            FlatVector gradient,
            FlatVector states,
            Segment segment,
            float scale,
            float limit,
            float decay) {
        int stride = parameters.length();
        for (int at = segment.offset(), end = at + segment.length(); at < end; at += CHUNK) {
            int n = Math.min(CHUNK, end - at);
            parameters.get(at, p, 0, n);
            gradient.get(at, g, 0, n);
            for (int k = 0; k < state.length; k++) {
                states.get(k * stride + at, state[k], 0, n);
            }
            treat(n, segment.penalty(), scale, limit, decay);
            rule.update(p, g, state, n);
            parameters.set(at, p, 0, n);
            for (int k = 0; k < state.length; k++) {
                states.set(k * stride + at, state[k], 0, n);
            }
        }
    }

    private void treat(int n, Penalty penalty, float scale, float limit, float decay) {
        if (!penalty.isNone()) {
            Elementwise.addPenalty(g, p, n, penalty);
        }
        if (scale != 1) {
            Elementwise.scale(g, n, scale);
        }
        if (limit != Float.POSITIVE_INFINITY) {
            Elementwise.cut(g, n, limit);
        }
        if (decay != 0) {
            Elementwise.decay(p, n, decay);
        }
    }

    @Override
    public double squaredNorm(FlatVector parameters, FlatVector gradient, int from, int length, Penalty penalty) {
        double sum = 0;
        for (int at = from, end = from + length; at < end; at += CHUNK) {
            int n = Math.min(CHUNK, end - at);
            gradient.get(at, g, 0, n);
            if (!penalty.isNone()) {
                parameters.get(at, p, 0, n);
                Elementwise.addPenalty(g, p, n, penalty);
            }
            sum += Elementwise.squares(g, n);
        }
        return sum;
    }

    @Override
    public double penalty(FlatVector parameters, int from, int length, Penalty penalty) {
        double magnitudes = 0;
        double squares = 0;
        for (int at = from, end = from + length; at < end; at += CHUNK) {
            int n = Math.min(CHUNK, end - at);
            parameters.get(at, p, 0, n);
            magnitudes += Elementwise.magnitudes(p, n);
            squares += Elementwise.squares(p, n);
        }
        return penalty.l1() * magnitudes + penalty.l2() * squares;
    }
}
