package dev.starling.worker.vector;

import static dev.starling.worker.vector.Lanes.BYTES;
import static dev.starling.worker.vector.Lanes.ORDER;
import static dev.starling.worker.vector.Lanes.SPECIES;

import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.Penalty;
import dev.starling.worker.optimizer.OptimizerSpec;
import dev.starling.worker.optimizer.Segment;
import dev.starling.worker.optimizer.UpdateLoop;
import java.nio.ByteBuffer;
import java.util.IdentityHashMap;
import java.util.Map;
import jdk.incubator.vector.FloatVector;

/**
 * Updates by the Vector API, in place. Penalties, clipping and weight decay, where there are any, are passes before the rule's (they write the treated gradient back); what is left over at the end of a
 * segment, and the sums, go through the heap loop.
 */
public final class VectorUpdates implements UpdateLoop {
    private final VectorRule rule;
    private final UpdateLoop heap;
    /** Made once per segment, so that a step allocates nothing. */
    private final Map<Segment, Segment> rests = new IdentityHashMap<>();

    /** @param heap the same rule over heap chunks */
    public VectorUpdates(OptimizerSpec spec, UpdateLoop heap) {
        this.rule = VectorRule.of(spec);
        this.heap = heap;
    }

    @Override
    public void begin(long step, double learningRate) {
        rule.begin(step, learningRate);
        heap.begin(step, learningRate);
    }

    @Override
    public void update(
            FlatVector parameters,
            FlatVector gradient,
            FlatVector state,
            Segment segment,
            float scale,
            float limit,
            float decay) {
        ByteBuffer p = parameters.bytes();
        ByteBuffer g = gradient.bytes();
        int start = 4 * segment.offset();
        int end = start + 4 * (segment.length() - segment.length() % Lanes.COUNT);
        if (!segment.penalty().isNone()) {
            addPenalty(p, g, start, end, segment.penalty());
        }
        if (scale != 1) {
            scale(g, start, end, scale);
        }
        if (limit != Float.POSITIVE_INFINITY) {
            cut(g, start, end, limit);
        }
        if (decay != 0) {
            decay(p, start, end, decay);
        }
        rule.update(p, g, state.bytes(), 4 * parameters.length(), start, end);
        Segment rest = rests.computeIfAbsent(segment, VectorUpdates::rest);
        if (rest.length() > 0) {
            heap.update(parameters, gradient, state, rest, scale, limit, decay);
        }
    }

    /** What whole vectors leave over at the end. */
    private static Segment rest(Segment segment) {
        int length = segment.length() % Lanes.COUNT;
        int offset = segment.offset() + segment.length() - length;
        return new Segment(offset, length, segment.penalty(), segment.decays());
    }

    private static void addPenalty(ByteBuffer p, ByteBuffer g, int start, int end, Penalty penalty) {
        float l1 = (float) penalty.l1();
        float twice = (float) (2 * penalty.l2());
        for (int i = start; i < end; i += BYTES) {
            FloatVector weights = FloatVector.fromByteBuffer(SPECIES, p, i, ORDER);
            FloatVector sign = weights.mul(0x1p126f).min(1f).max(-1f);
            FloatVector.fromByteBuffer(SPECIES, g, i, ORDER)
                    .add(sign.mul(l1).add(weights.mul(twice)))
                    .intoByteBuffer(g, i, ORDER);
        }
    }

    private static void scale(ByteBuffer g, int start, int end, float factor) {
        for (int i = start; i < end; i += BYTES) {
            FloatVector.fromByteBuffer(SPECIES, g, i, ORDER).mul(factor).intoByteBuffer(g, i, ORDER);
        }
    }

    private static void cut(ByteBuffer g, int start, int end, float limit) {
        for (int i = start; i < end; i += BYTES) {
            FloatVector.fromByteBuffer(SPECIES, g, i, ORDER)
                    .min(limit)
                    .max(-limit)
                    .intoByteBuffer(g, i, ORDER);
        }
    }

    private static void decay(ByteBuffer p, int start, int end, float decay) {
        for (int i = start; i < end; i += BYTES) {
            FloatVector weights = FloatVector.fromByteBuffer(SPECIES, p, i, ORDER);
            weights.sub(weights.mul(decay)).intoByteBuffer(p, i, ORDER);
        }
    }

    @Override
    public double squaredNorm(FlatVector parameters, FlatVector gradient, int from, int length, Penalty penalty) {
        return heap.squaredNorm(parameters, gradient, from, length, penalty);
    }

    @Override
    public double penalty(FlatVector parameters, int from, int length, Penalty penalty) {
        return heap.penalty(parameters, from, length, penalty);
    }
}
