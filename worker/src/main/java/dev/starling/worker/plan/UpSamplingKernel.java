package dev.starling.worker.plan;

import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.network.UpSampling2d;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.resampling_backward;
import org.bytedeco.dnnl.resampling_forward;

/** Nearest neighbours by whole factors: forward each value is repeated, backward the gradients of its block are summed. */
final class UpSamplingKernel implements Kernel {
    private final Tensor output;
    private final OneDnn.Primitive forward;
    private final OneDnn.Primitive backward;

    UpSamplingKernel(Planning plan, UpSampling2d layer, List<ParameterBlock> none, Tensor input) throws Unplannable {
        OneDnn oneDnn = plan.oneDnn();
        int height = input.height() * layer.height();
        int width = input.width() * layer.width();
        memory.desc any =
                oneDnn.keep(OneDnn.describe(memory.format_tag.any, plan.rows(), input.channels(), height, width));
        var description = new resampling_forward.primitive_desc(
                new resampling_forward.desc(
                        dnnl.prop_kind.forward_training, dnnl.algorithm.resampling_nearest, input.layout(), any),
                oneDnn.attributes(),
                oneDnn.engine());
        this.output = Tensor.ordered(oneDnn, plan.rows(), input.channels(), height, width, description.dst_desc());
        this.forward = oneDnn.primitive(
                "upsampling",
                new resampling_forward(description),
                description,
                dnnl.DNNL_ARG_SRC,
                input.valuesMemory(),
                dnnl.DNNL_ARG_DST,
                output.valuesMemory());
        this.backward = input.needsGradient() ? backward(oneDnn, input, description) : null;
    }

    private OneDnn.Primitive backward(OneDnn oneDnn, Tensor input, resampling_forward.primitive_desc hint)
            throws Unplannable {
        var description = new resampling_backward.primitive_desc(
                new resampling_backward.desc(dnnl.algorithm.resampling_nearest, input.layout(), output.layout()),
                oneDnn.attributes(),
                oneDnn.engine(),
                hint);
        return oneDnn.primitive(
                "upsampling backward",
                new resampling_backward(description),
                description,
                dnnl.DNNL_ARG_DIFF_DST,
                output.gradientMemory(),
                dnnl.DNNL_ARG_DIFF_SRC,
                input.gradientMemory());
    }

    @Override
    public void forward(boolean training) {
        forward.run();
    }

    @Override
    public void backward() {
        if (backward != null) {
            backward.run();
        }
    }

    @Override
    public Tensor output() {
        return output;
    }
}
