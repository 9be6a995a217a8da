package dev.starling.worker.plan;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;

import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.network.Pooling;
import dev.starling.worker.network.Pooling1d;
import dev.starling.worker.network.Pooling2d;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;

/** Maximum or average pooling; an average counts the values inside the image alone, as Keras and DL4J. */
final class PoolingKernel implements Kernel {
    private final OneDnn oneDnn;
    private final Tensor input;
    private final Tensor output;
    private final OneDnn.Primitive forward;
    private final OneDnn.Primitive backward;

    static Kernel of(Planning plan, Pooling1d layer, List<ParameterBlock> none, Tensor input) throws Unplannable {
        return new PoolingKernel(
                plan, layer.kind(), Window.of(layer.padding(), input, layer.poolSize(), 1, layer.stride(), 1), input);
    }

    static Kernel of(Planning plan, Pooling2d layer, List<ParameterBlock> none, Tensor input) throws Unplannable {
        Window window = Window.of(
                layer.padding(),
                input,
                layer.poolHeight(),
                layer.poolWidth(),
                layer.strideHeight(),
                layer.strideWidth());
        return new PoolingKernel(plan, layer.kind(), window, input);
    }

    private PoolingKernel(Planning plan, Pooling kind, Window window, Tensor input) throws Unplannable {
        this.oneDnn = plan.oneDnn();
        this.input = input;
        boolean maximum = kind == Pooling.MAX;
        dnnl.algorithm pooling = maximum ? dnnl.algorithm.pooling_max : dnnl.algorithm.pooling_avg_exclude_padding;
        memory.desc any = oneDnn.keep(OneDnn.describe(
                memory.format_tag.any, plan.rows(), input.channels(), window.outputHeight(), window.outputWidth()));
        var description = new pooling_forward.primitive_desc(
                new pooling_forward.desc(
                        dnnl.prop_kind.forward_training,
                        pooling,
                        input.layout(),
                        any,
                        window.strides(),
                        window.size(),
                        window.before(),
                        window.after()),
                oneDnn.attributes(),
                oneDnn.engine());
        this.output = Tensor.ordered(
                oneDnn,
                plan.rows(),
                input.channels(),
                window.outputHeight(),
                window.outputWidth(),
                description.dst_desc());
        memory workspace = maximum ? bytes(description.workspace_desc()) : null;
        this.forward = oneDnn.primitive(
                "pooling",
                new pooling_forward(description),
                description,
                withWorkspace(workspace, DNNL_ARG_SRC, input.valuesMemory(), DNNL_ARG_DST, output.valuesMemory()));
        this.backward = input.needsGradient() ? backward(pooling, window, description, workspace) : null;
    }

    private OneDnn.Primitive backward(
            dnnl.algorithm pooling, Window window, pooling_forward.primitive_desc hint, memory workspace)
            throws Unplannable {
        var description = new pooling_backward.primitive_desc(
                new pooling_backward.desc(
                        pooling,
                        input.layout(),
                        output.layout(),
                        window.strides(),
                        window.size(),
                        window.before(),
                        window.after()),
                oneDnn.attributes(),
                oneDnn.engine(),
                hint);
        return oneDnn.primitive(
                "pooling backward",
                new pooling_backward(description),
                description,
                withWorkspace(
                        workspace,
                        DNNL_ARG_DIFF_DST,
                        output.gradientMemory(),
                        DNNL_ARG_DIFF_SRC,
                        input.gradientMemory()));
    }

    /** Where the maxima were: bytes, or ints for large windows. */
    private memory bytes(memory.desc layout) {
        return oneDnn.memory(layout, oneDnn.allocate(layout));
    }

    private static Object[] withWorkspace(memory workspace, Object... arguments) {
        if (workspace == null) {
            return arguments;
        }
        Object[] more = java.util.Arrays.copyOf(arguments, arguments.length + 2);
        more[arguments.length] = DNNL_ARG_WORKSPACE;
        more[arguments.length + 1] = workspace;
        return more;
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
