package dev.starling.worker.plan;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import dev.starling.worker.network.Conv1d;
import dev.starling.worker.network.Conv2d;
import dev.starling.worker.network.ParameterBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;

/**
 * A convolution with its activation, in the orders that oneDNN prefers; weights are filters × channels × height × width in the flat vector and are reordered once per
 * direction. A series of [length, channels] is an image of width 1.
 */
final class ConvolutionKernel implements Kernel {
    private static final memory.format_tag ANY = memory.format_tag.any;

    private final OneDnn oneDnn;
    private final Tensor input;
    private final Window window;
    private final Tensor output;
    private final List<OneDnn.Primitive> forward = new ArrayList<>();
    private final List<OneDnn.Primitive> backward = new ArrayList<>();
    private final memory.desc anyWeights;
    private final memory.desc biasLayout;
    private final memory weights;
    private final convolution_forward.primitive_desc description;

    static Kernel of(Planning plan, Conv1d layer, List<ParameterBlock> blocks, Tensor input) throws Unplannable {
        Window window = Window.of(layer.padding(), input, layer.kernelSize(), 1, layer.stride(), 1);
        return new ConvolutionKernel(plan, layer.filters(), window, Elementwise.of(layer.activation()), blocks, input);
    }

    static Kernel of(Planning plan, Conv2d layer, List<ParameterBlock> blocks, Tensor input) throws Unplannable {
        Window window = Window.of(
                layer.padding(),
                input,
                layer.kernelHeight(),
                layer.kernelWidth(),
                layer.strideHeight(),
                layer.strideWidth());
        return new ConvolutionKernel(plan, layer.filters(), window, Elementwise.of(layer.activation()), blocks, input);
    }

    private ConvolutionKernel(
            Planning plan,
            int filters,
            Window window,
            Optional<Elementwise> activation,
            List<ParameterBlock> blocks,
            Tensor input)
            throws Unplannable {
        this.oneDnn = plan.oneDnn();
        this.input = input;
        this.window = window;
        int rows = plan.rows();
        long[] kernel = {filters, input.channels(), window.height(), window.width()};
        this.anyWeights = oneDnn.keep(OneDnn.describe(ANY, kernel));
        this.biasLayout = oneDnn.keep(OneDnn.describe(memory.format_tag.x, filters));
        memory.desc anyOutput =
                oneDnn.keep(OneDnn.describe(ANY, rows, filters, window.outputHeight(), window.outputWidth()));
        this.description = describe(activation, anyOutput);
        this.output = Tensor.ordered(
                oneDnn, rows, filters, window.outputHeight(), window.outputWidth(), description.dst_desc());
        memory.desc plainWeights = oneDnn.keep(OneDnn.describe(memory.format_tag.oihw, kernel));
        ParameterBlock weightsBlock = Planning.block(blocks, ParameterBlock.Kind.KERNEL);
        this.weights = oneDnn.memory(plainWeights, plan.parameter(weightsBlock));
        buildForward(oneDnn.memory(biasLayout, plan.bias(blocks, filters)));
        if (!plan.learns()) {
            return;
        }
        if (activation.isPresent()) {
            backward.add(activation
                    .get()
                    .backward(
                            oneDnn,
                            output.layout(),
                            output.valuesMemory(),
                            output.gradientMemory(),
                            output.gradientMemory()));
        }
        if (!weightsBlock.frozen()) {
            buildBackwardWeights(
                    oneDnn.memory(plainWeights, plan.gradientOf(weightsBlock)),
                    oneDnn.memory(biasLayout, plan.biasGradient(blocks, filters)));
        }
        if (input.needsGradient()) {
            buildBackwardData();
        }
    }

    /** The input's own order first; where oneDNN has only its reference for that (few channels on AVX2), the order that it likes. */
    private convolution_forward.primitive_desc describe(Optional<Elementwise> activation, memory.desc anyOutput) {
        primitive_attr attributes = oneDnn.attributes();
        activation.ifPresent(a -> attributes.set_post_ops(oneDnn.keep(a.afterwards())));
        convolution_forward.primitive_desc own = describe(input.layout(), anyOutput, attributes);
        return OneDnn.isReference(own) ? describe(anyInput(), anyOutput, attributes) : own;
    }

    private convolution_forward.primitive_desc describe(
            memory.desc source, memory.desc anyOutput, primitive_attr attributes) {
        return new convolution_forward.primitive_desc(
                new convolution_forward.desc(
                        dnnl.prop_kind.forward_training,
                        dnnl.algorithm.convolution_auto,
                        source,
                        anyWeights,
                        biasLayout,
                        anyOutput,
                        window.strides(),
                        window.before(),
                        window.after()),
                attributes,
                oneDnn.engine());
    }

    private memory.desc anyInput() {
        return oneDnn.keep(OneDnn.describe(ANY, input.rows(), input.channels(), input.height(), input.width()));
    }

    private void buildForward(memory bias) throws Unplannable {
        memory source = inputAs(description.src_desc());
        memory reordered = reorderedWeights(description.weights_desc(), forward);
        forward.add(oneDnn.primitive(
                "convolution",
                new convolution_forward(description),
                description,
                DNNL_ARG_SRC,
                source,
                DNNL_ARG_WEIGHTS,
                reordered,
                DNNL_ARG_BIAS,
                bias,
                DNNL_ARG_DST,
                output.valuesMemory()));
    }

    private void buildBackwardWeights(memory weightsGradient, memory biasGradient) throws Unplannable {
        var chosen = choice().weights();
        memory source = inputAs(chosen.src_desc());
        memory.desc blocked = chosen.diff_weights_desc();
        memory gradient = oneDnn.memory(blocked, oneDnn.allocate(blocked));
        memory from = outputGradientAs(chosen.diff_dst_desc());
        backward.add(oneDnn.primitive(
                "convolution backward weights",
                new convolution_backward_weights(chosen),
                chosen,
                DNNL_ARG_SRC,
                source,
                DNNL_ARG_DIFF_DST,
                from,
                DNNL_ARG_DIFF_WEIGHTS,
                gradient,
                DNNL_ARG_DIFF_BIAS,
                biasGradient));
        backward.add(oneDnn.reorder(gradient, weightsGradient));
    }

    private void buildBackwardData() throws Unplannable {
        var chosen = choice().data();
        memory reordered = reorderedWeights(chosen.weights_desc(), backward);
        memory from = outputGradientAs(chosen.diff_dst_desc());
        memory.desc layout = chosen.diff_src_desc();
        boolean inPlace = layout.equals(input.layout());
        memory to = inPlace ? input.gradientMemory() : oneDnn.memory(layout, oneDnn.allocate(layout));
        backward.add(oneDnn.primitive(
                "convolution backward data",
                new convolution_backward_data(chosen),
                chosen,
                DNNL_ARG_DIFF_DST,
                from,
                DNNL_ARG_WEIGHTS,
                reordered,
                DNNL_ARG_DIFF_SRC,
                to));
        if (!inPlace) {
            backward.add(oneDnn.reorder(to, input.gradientMemory()));
        }
    }

    private ConvolutionChoice choice() {
        return new ConvolutionChoice(oneDnn, input, output, window, anyWeights, biasLayout, description);
    }

    /** The output's gradient in a given order: itself, or a copy that every backward pass makes. */
    private memory outputGradientAs(memory.desc layout) {
        if (layout.equals(output.layout())) {
            return output.gradientMemory();
        }
        memory copy = oneDnn.memory(layout, oneDnn.allocate(layout));
        backward.add(oneDnn.reorder(output.gradientMemory(), copy));
        return copy;
    }

    /** The input in a given order: itself, or a copy that every forward pass makes. */
    private memory inputAs(memory.desc layout) {
        if (layout.equals(input.layout())) {
            return input.valuesMemory();
        }
        memory copy = oneDnn.memory(layout, oneDnn.allocate(layout));
        forward.add(oneDnn.reorder(input.valuesMemory(), copy));
        return copy;
    }

    private memory reorderedWeights(memory.desc layout, List<OneDnn.Primitive> into) {
        if (layout.equals(weights.get_desc())) {
            return weights;
        }
        memory copy = oneDnn.memory(layout, oneDnn.allocate(layout));
        into.add(oneDnn.reorder(weights, copy));
        return copy;
    }

    @Override
    public void forward(boolean training) {
        run(forward);
    }

    @Override
    public void backward() {
        run(backward);
    }

    /** By index: an iterator would be garbage of every step. */
    private static void run(List<OneDnn.Primitive> primitives) {
        for (int i = 0; i < primitives.size(); i++) {
            primitives.get(i).run();
        }
    }

    @Override
    public Tensor output() {
        return output;
    }
}
