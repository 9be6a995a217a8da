package dev.starling.worker.optimizer;

import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.ParameterBlock;
import java.util.List;

/**
 * Changes parameters by a gradient, in place and without allocating, in one pass over the flat vectors. The order is Keras's: the penalties' gradient
 * is added, the sum is clipped, decoupled weight decay shrinks the weights, the rule makes its step. Penalties and decay act on kernels only;
 * running statistics are left alone. One thread uses it; the state is the caller's.
 */
public final class Optimizer {
    private final OptimizerSpec spec;
    private final Clipping clipping;
    private final UpdateRule rule;
    private final UpdateLoop loop;
    private final Segment[] segments;
    private final int length;

    public Optimizer(OptimizerSpec spec, Clipping clipping, NetworkLayout layout) {
        this(spec, clipping, layout.blocks(), layout.total());
    }

    /**
     * @param blocks in the order of the flat vector
     * @param length of the parameters
     */
    public Optimizer(OptimizerSpec spec, Clipping clipping, List<ParameterBlock> blocks, int length) {
        this.spec = spec;
        this.clipping = clipping;
        this.rule = UpdateRule.of(spec);
        this.loop = UpdateLoops.create(spec, rule);
        this.segments = Segment.of(blocks, clipping instanceof Clipping.Norm, spec.weightDecay() != 0)
                .toArray(Segment[]::new);
        this.length = length;
    }

    /** Floats of state: {@code stateVectors} × parameters. */
    public int stateLength() {
        return Math.multiplyExact(spec.stateVectors(), length);
    }

    /** Start values, as before the first step. */
    public void reset(FlatVector state) {
        require("state", state, stateLength());
        state.zero();
        float initial = rule.initialState();
        if (initial != 0) {
            float[] values = new float[state.length()];
            java.util.Arrays.fill(values, initial);
            state.set(values);
        }
    }

    /**
     * One step.
     *
     * @param parameters changed
     * @param gradient mean over the batch without penalties; used up (penalties and clipping may be written into it)
     * @param state as {@link #stateLength}, changed
     * @param step the replica's own number of this step, from 1
     * @param learningRate of this step
     */
    public void apply(FlatVector parameters, FlatVector gradient, FlatVector state, long step, double learningRate) {
        require("parameters", parameters, length);
        require("gradient", gradient, length);
        require("state", state, stateLength());
        loop.begin(step, learningRate);
        double globalScale = globalScale(parameters, gradient);
        float limit = clipping instanceof Clipping.Value value ? (float) value.value() : Float.POSITIVE_INFINITY;
        float decay = (float) (learningRate * spec.weightDecay());
        for (Segment segment : segments) {
            double scale = clipping instanceof Clipping.Norm norm
                    ? scale(norm.norm(), squaredNorm(parameters, gradient, segment))
                    : globalScale;
            loop.update(parameters, gradient, state, segment, (float) scale, limit, segment.decays() ? decay : 0);
        }
    }

    private double globalScale(FlatVector parameters, FlatVector gradient) {
        if (!(clipping instanceof Clipping.GlobalNorm global)) {
            return 1;
        }
        double sum = 0;
        for (Segment segment : segments) {
            sum += squaredNorm(parameters, gradient, segment);
        }
        return scale(global.norm(), sum);
    }

    private double squaredNorm(FlatVector parameters, FlatVector gradient, Segment segment) {
        return loop.squaredNorm(parameters, gradient, segment.offset(), segment.length(), segment.penalty());
    }

    /** limit ÷ max(norm, limit), as Keras; NaN if the gradient has one. */
    private static double scale(double limit, double squaredNorm) {
        return limit / Math.max(Math.sqrt(squaredNorm), limit);
    }

    /** What the penalties add to the loss at these parameters. */
    public double penalty(FlatVector parameters) {
        require("parameters", parameters, length);
        double sum = 0;
        for (Segment segment : segments) {
            if (!segment.penalty().isNone()) {
                sum += loop.penalty(parameters, segment.offset(), segment.length(), segment.penalty());
            }
        }
        return sum;
    }

    private static void require(String what, FlatVector vector, int length) {
        if (vector.length() != length) {
            throw new IllegalArgumentException(
                    "Cannot use " + what + " of " + vector.length() + " floats (expected " + length + ")");
        }
    }
}
