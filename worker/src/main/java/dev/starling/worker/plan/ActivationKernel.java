package dev.starling.worker.plan;

import dev.starling.worker.network.ActivationLayer;
import dev.starling.worker.network.ParameterBlock;
import java.util.List;
import java.util.Optional;

/** An activation function that stands alone. */
final class ActivationKernel implements Kernel {
    private final Tensor output;
    private final OneDnn.Primitive forward;
    private final OneDnn.Primitive backward;

    ActivationKernel(Planning plan, ActivationLayer layer, List<ParameterBlock> none, Tensor input) throws Unplannable {
        Optional<Elementwise> function = Elementwise.of(layer.function());
        if (function.isEmpty()) {
            this.output = input;
            this.forward = null;
            this.backward = null;
            return;
        }
        OneDnn oneDnn = plan.oneDnn();
        this.output = input.alike(plan.memory());
        this.forward = function.get().forward(oneDnn, input.layout(), input.valuesMemory(), output.valuesMemory());
        this.backward = input.needsGradient()
                ? function.get()
                        .backward(
                                oneDnn,
                                input.layout(),
                                output.valuesMemory(),
                                output.gradientMemory(),
                                input.gradientMemory())
                : null;
    }

    @Override
    public void forward(boolean training) {
        if (forward != null) {
            forward.run();
        }
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
