package dev.starling.worker.averaging;

import dev.starling.worker.memory.Arena;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.ParameterBlock;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An optimiser over means: takes what a round came to for a gradient. Acts on trainable parameters only; batch normalisation's running statistics stay the pooled
 * ones. Every rank computes it for itself, from the same bits to the same bits, so nothing more goes over the wire. Keeps two vectors as long as
 * the parameters. Used by one thread at a time.
 */
public final class OuterOptimizer {
    private static final int CHUNK = 1024;

    private final OuterRule rule;
    private final FlatVector parameters;
    private final FlatVector anchor;
    private final FlatVector momentum;
    private final int[] bounds;
    private final float[] x = new float[CHUNK];
    private final float[] from = new float[CHUNK];
    private final float[] moved = new float[CHUNK];

    /**
     * @param parameters that are averaged, now where the first round begins, the same in all ranks; changed by {@link #step}
     * @param arena for anchor and momentum
     */
    OuterOptimizer(OuterRule rule, List<ParameterBlock> blocks, FlatVector parameters, Arena arena) {
        this.rule = rule;
        this.parameters = parameters;
        this.anchor = arena.allocate(parameters.length());
        this.momentum = arena.allocate(parameters.length());
        this.bounds = blocks.stream()
                .filter(ParameterBlock::trainable)
                .flatMapToInt(b -> IntStream.of(b.offset(), b.offset() + b.length()))
                .toArray();
        restart();
    }

    /** What it keeps from round to round: 0 at first, the same in all ranks. */
    public FlatVector momentum() {
        return momentum;
    }

    /** Takes the parameters for where the next round begins: at first, and after a checkpoint was restored. */
    public void restart() {
        anchor.set(parameters);
    }

    /**
     * Makes of the mean where the gang goes on from.
     *
     * @param learningRate the optimiser's own at the round's first step
     */
    public void step(double learningRate) {
        rule.begin(learningRate);
        for (int i = 0; i < bounds.length; i += 2) {
            for (int at = bounds[i]; at < bounds[i + 1]; at += CHUNK) {
                int n = Math.min(CHUNK, bounds[i + 1] - at);
                parameters.get(at, x, 0, n);
                anchor.get(at, from, 0, n);
                momentum.get(at, moved, 0, n);
                rule.step(x, from, moved, n);
                parameters.set(at, x, 0, n);
                anchor.set(at, from, 0, n);
                momentum.set(at, moved, 0, n);
            }
        }
    }
}
