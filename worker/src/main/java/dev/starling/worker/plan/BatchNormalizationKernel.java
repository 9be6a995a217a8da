package dev.starling.worker.plan;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SCALE_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_MEAN;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCALE_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_VARIANCE;

import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.BatchNormalization;
import dev.starling.worker.network.ParameterBlock;
import java.util.List;
import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/**
 * Batch normalisation: statistics by {@link ChannelStatistics}, the rest by oneDNN. Running statistics lie in the parameters and move by momentum·running + (1 − momentum)·batch; a frozen layer's stay, and
 * are what it normalises by in training too.
 */
final class BatchNormalizationKernel implements Kernel {
    private final OneDnn oneDnn;
    private final float epsilon;
    private final double momentum;
    private final boolean frozen;
    private final Tensor output;
    private final ChannelStatistics statistics;
    private final FlatVector mean;
    private final FlatVector variance;
    private final FlatVector runningMean;
    private final FlatVector runningVariance;
    private final OneDnn.Primitive train;
    private final OneDnn.Primitive infer;
    private final OneDnn.Primitive backward;
    /** Gradients of a gamma or beta that the layer is without. */
    private final List<FlatVector> constants;

    BatchNormalizationKernel(Planning plan, BatchNormalization layer, List<ParameterBlock> blocks, Tensor input)
            throws Unplannable {
        this.oneDnn = plan.oneDnn();
        this.epsilon = (float) layer.epsilon();
        this.momentum = layer.momentum();
        this.frozen = blocks.stream().allMatch(ParameterBlock::frozen);
        int channels = input.channels();
        this.output = input.alike(plan.memory());
        this.statistics = new ChannelStatistics(input, plan.loops());
        this.mean = plan.memory().allocate(channels);
        this.variance = plan.memory().allocate(channels);
        this.runningMean = plan.parameter(Planning.block(blocks, ParameterBlock.Kind.RUNNING_MEAN));
        this.runningVariance = plan.parameter(Planning.block(blocks, ParameterBlock.Kind.RUNNING_VARIANCE));
        int gamma = Planning.block(blocks, ParameterBlock.Kind.GAMMA).offset();
        memory.desc pair = oneDnn.keep(OneDnn.describe(memory.format_tag.nc, 2, channels));
        memory scale = oneDnn.memory(pair, plan.parameters().slice(gamma, 2 * channels));
        memory.desc order = fourAxes(input);
        memory from = oneDnn.memory(order, input.values());
        memory to = oneDnn.memory(order, output.values());
        var forward = describe(order);
        this.train = normalise(forward, from, scale, mean, variance, to);
        this.infer = normalise(describe(order), from, scale, runningMean, runningVariance, to);
        if (!plan.learns()) {
            this.backward = null;
            this.constants = List.of();
            return;
        }
        FlatVector pairGradient =
                frozen ? plan.memory().allocate(2 * channels) : plan.gradient().slice(gamma, 2 * channels);
        this.constants = frozen
                ? List.of()
                : blocks.stream()
                        .filter(ParameterBlock::frozen)
                        .map(block -> plan.gradient().slice(block.offset(), block.length()))
                        .toList();
        FlatVector sink = input.needsGradient() ? input.gradient() : oneDnn.allocate(order);
        this.backward =
                backward(order, forward, from, scale, oneDnn.memory(pair, pairGradient), oneDnn.memory(order, sink));
    }

    /** oneDNN normalises images: flat data are images of one pixel with their channels last. */
    private memory.desc fourAxes(Tensor input) {
        boolean flat = input.isPlain() && input.area() == 1;
        return flat
                ? oneDnn.keep(OneDnn.describe(memory.format_tag.nhwc, input.rows(), input.channels(), 1, 1))
                : input.layout();
    }

    private batch_normalization_forward.primitive_desc describe(memory.desc order) {
        int flags = dnnl.normalization_flags.use_scale_shift.value | dnnl.normalization_flags.use_global_stats.value;
        return new batch_normalization_forward.primitive_desc(
                new batch_normalization_forward.desc(dnnl.prop_kind.forward_training.value, order, epsilon, flags),
                oneDnn.attributes(),
                oneDnn.engine());
    }

    private OneDnn.Primitive normalise(
            batch_normalization_forward.primitive_desc description,
            memory from,
            memory scale,
            FlatVector means,
            FlatVector variances,
            memory to)
            throws Unplannable {
        return oneDnn.primitive(
                "batch normalization",
                new batch_normalization_forward(description),
                description,
                DNNL_ARG_SRC,
                from,
                DNNL_ARG_SCALE_SHIFT,
                scale,
                DNNL_ARG_MEAN,
                oneDnn.memory(description.mean_desc(), means),
                DNNL_ARG_VARIANCE,
                oneDnn.memory(description.variance_desc(), variances),
                DNNL_ARG_DST,
                to);
    }

    private OneDnn.Primitive backward(
            memory.desc order,
            batch_normalization_forward.primitive_desc hint,
            memory from,
            memory scale,
            memory scaleGradient,
            memory inputGradient)
            throws Unplannable {
        int flags = dnnl.normalization_flags.use_scale_shift.value
                | (frozen ? dnnl.normalization_flags.use_global_stats.value : 0);
        var description = new batch_normalization_backward.primitive_desc(
                new batch_normalization_backward.desc(dnnl.prop_kind.backward.value, order, order, epsilon, flags),
                oneDnn.attributes(),
                oneDnn.engine(),
                hint);
        return oneDnn.primitive(
                "batch normalization backward",
                new batch_normalization_backward(description),
                description,
                DNNL_ARG_SRC,
                from,
                DNNL_ARG_MEAN,
                oneDnn.memory(hint.mean_desc(), frozen ? runningMean : mean),
                DNNL_ARG_VARIANCE,
                oneDnn.memory(hint.variance_desc(), frozen ? runningVariance : variance),
                DNNL_ARG_DIFF_DST,
                oneDnn.memory(order, output.gradient()),
                DNNL_ARG_SCALE_SHIFT,
                scale,
                DNNL_ARG_DIFF_SRC,
                inputGradient,
                DNNL_ARG_DIFF_SCALE_SHIFT,
                scaleGradient);
    }

    @Override
    public void forward(boolean training) {
        if (!training || frozen) {
            infer.run();
            return;
        }
        statistics.compute(mean, variance);
        move(runningMean, mean);
        move(runningVariance, variance);
        train.run();
    }

    private void move(FlatVector running, FlatVector batch) {
        for (int i = 0; i < batch.length(); i++) {
            double moved = momentum * running.floats().get(i)
                    + (1 - momentum) * batch.floats().get(i);
            running.floats().put(i, (float) moved);
        }
    }

    @Override
    public void backward() {
        backward.run();
        // By index: an iterator would be garbage of every step.
        for (int i = 0; i < constants.size(); i++) {
            constants.get(i).zero();
        }
    }

    @Override
    public Tensor output() {
        return output;
    }
}
