package dev.starling.worker.plan;

import dev.starling.worker.network.Activation;
import dev.starling.worker.network.Curve;
import dev.starling.worker.network.LayerSpec;
import java.util.Optional;

/** Activation functions that oneDNN has not, each a kernel of its own behind its layer's. */
final class Activations {
    private Activations() {}

    /** The function of a layer that the layer's own kernel does not compute. */
    static Optional<Activation> apart(LayerSpec layer) {
        return layer.nonlinearity().filter(function -> !Elementwise.knows(function));
    }

    /** The layer with its function left out. */
    static LayerSpec linear(LayerSpec layer) {
        return layer.with(Activation.Simple.LINEAR);
    }

    static Kernel kernel(Planning plan, Activation function, Tensor input) throws Unplannable {
        if (function == Activation.Simple.SOFTMAX) {
            return new SoftmaxKernel(plan, input);
        }
        if (function == Activation.Simple.CRELU) {
            return new CreluKernel(plan, input);
        }
        if (function instanceof Activation.RandomizedRelu random) {
            return new RandomizedKernel(plan, random, input);
        }
        Optional<Curve> curve = function.curve();
        if (curve.isEmpty()) {
            throw new Unplannable("no kernel for the activation " + function.label());
        }
        return new CurveKernel(plan, curve.get(), input);
    }
}
