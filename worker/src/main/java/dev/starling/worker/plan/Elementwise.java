package dev.starling.worker.plan;

import dev.starling.worker.network.Activation;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;

/**
 * An activation function as oneDNN has it.
 *
 * @param forward its algorithm
 * @param backward the algorithm that finds the derivative from the function's output, so that it may work in place
 * @param alpha the function's parameter
 */
record Elementwise(dnnl.algorithm forward, dnnl.algorithm backward, float alpha) {
    private static final Set<Activation> KNOWN =
            Set.of(Activation.Simple.LINEAR, Activation.Simple.RELU, Activation.Simple.TANH, Activation.Simple.SIGMOID);

    /** Whether {@link #of} has it; touches no native library. */
    static boolean knows(Activation activation) {
        return activation instanceof Activation.LeakyRelu
                || activation instanceof Activation.Elu
                || KNOWN.contains(activation);
    }

    /** Empty for the linear one. */
    static Optional<Elementwise> of(Activation activation) throws Unplannable {
        if (activation instanceof Activation.LeakyRelu leaky) {
            return Optional.of(relu((float) leaky.alpha()));
        }
        if (activation instanceof Activation.Elu elu) {
            return Optional.of(new Elementwise(
                    dnnl.algorithm.eltwise_elu, dnnl.algorithm.eltwise_elu_use_dst_for_bwd, (float) elu.alpha()));
        }
        if (activation == Activation.Simple.LINEAR) {
            return Optional.empty();
        }
        if (activation == Activation.Simple.RELU) {
            return Optional.of(relu(0));
        }
        if (activation == Activation.Simple.TANH) {
            return Optional.of(
                    new Elementwise(dnnl.algorithm.eltwise_tanh, dnnl.algorithm.eltwise_tanh_use_dst_for_bwd, 0));
        }
        if (activation == Activation.Simple.SIGMOID) {
            return Optional.of(new Elementwise(
                    dnnl.algorithm.eltwise_logistic, dnnl.algorithm.eltwise_logistic_use_dst_for_bwd, 0));
        }
        throw new Unplannable("no kernel for the activation " + activation.label());
    }

    private static Elementwise relu(float slope) {
        return new Elementwise(dnnl.algorithm.eltwise_relu, dnnl.algorithm.eltwise_relu_use_dst_for_bwd, slope);
    }

    /** Appended to a convolution, so that its output is activated while still in the cache. */
    post_ops afterwards() {
        post_ops operations = new post_ops();
        operations.append_eltwise(1f, forward, alpha, 0f);
        return operations;
    }

    OneDnn.Primitive forward(OneDnn oneDnn, memory.desc layout, memory from, memory to) throws Unplannable {
        eltwise_forward.primitive_desc description = forwardDescription(oneDnn, layout);
        return oneDnn.primitive(
                "activation",
                new eltwise_forward(description),
                description,
                dnnl.DNNL_ARG_SRC,
                from,
                dnnl.DNNL_ARG_DST,
                to);
    }

    /** @param gradientFrom with respect to the output; may be {@code gradientTo} */
    OneDnn.Primitive backward(OneDnn oneDnn, memory.desc layout, memory output, memory gradientFrom, memory gradientTo)
            throws Unplannable {
        var hint = oneDnn.keep(forwardDescription(oneDnn, layout));
        var description = new eltwise_backward.primitive_desc(
                new eltwise_backward.desc(backward, layout, layout, alpha, 0f),
                oneDnn.attributes(),
                oneDnn.engine(),
                hint);
        return oneDnn.primitive(
                "activation backward",
                new eltwise_backward(description),
                description,
                dnnl.DNNL_ARG_DST,
                output,
                dnnl.DNNL_ARG_DIFF_DST,
                gradientFrom,
                dnnl.DNNL_ARG_DIFF_SRC,
                gradientTo);
    }

    private eltwise_forward.primitive_desc forwardDescription(OneDnn oneDnn, memory.desc layout) {
        return new eltwise_forward.primitive_desc(
                new eltwise_forward.desc(dnnl.prop_kind.forward_training, backward, layout, alpha, 0f),
                oneDnn.attributes(),
                oneDnn.engine());
    }
}
