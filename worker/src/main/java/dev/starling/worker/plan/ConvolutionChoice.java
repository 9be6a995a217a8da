package dev.starling.worker.plan;

import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/**
 * In which orders a convolution goes backward: by what lies there already, else in an order of oneDNN's for the input, else for the output's gradient too. Few channels have fast kernels in few orders, and a copy is cheaper than a
 * reference implementation.
 *
 * @param forward the convolution forward, by which oneDNN chooses
 */
record ConvolutionChoice(
        OneDnn oneDnn,
        Tensor input,
        Tensor output,
        Window window,
        memory.desc anyWeights,
        memory.desc biasLayout,
        convolution_forward.primitive_desc forward) {
    convolution_backward_weights.primitive_desc weights() {
        var chosen = weights(input.layout(), output.layout());
        if (OneDnn.isReference(chosen)) {
            chosen = weights(any(input), output.layout());
        }
        return OneDnn.isReference(chosen) ? weights(any(input), any(output)) : chosen;
    }

    private convolution_backward_weights.primitive_desc weights(memory.desc source, memory.desc gradient) {
        return new convolution_backward_weights.primitive_desc(
                new convolution_backward_weights.desc(
                        dnnl.algorithm.convolution_auto,
                        source,
                        anyWeights,
                        biasLayout,
                        gradient,
                        window.strides(),
                        window.before(),
                        window.after()),
                oneDnn.attributes(),
                oneDnn.engine(),
                forward);
    }

    convolution_backward_data.primitive_desc data() {
        var chosen = data(input.layout(), output.layout());
        return OneDnn.isReference(chosen) ? data(any(input), any(output)) : chosen;
    }

    private convolution_backward_data.primitive_desc data(memory.desc source, memory.desc gradient) {
        return new convolution_backward_data.primitive_desc(
                new convolution_backward_data.desc(
                        dnnl.algorithm.convolution_auto,
                        source,
                        anyWeights,
                        gradient,
                        window.strides(),
                        window.before(),
                        window.after()),
                oneDnn.attributes(),
                oneDnn.engine(),
                forward);
    }

    private memory.desc any(Tensor tensor) {
        return oneDnn.keep(OneDnn.describe(
                memory.format_tag.any, tensor.rows(), tensor.channels(), tensor.height(), tensor.width()));
    }
}
