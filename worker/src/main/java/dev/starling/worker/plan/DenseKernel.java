package dev.starling.worker.plan;

import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.Activation;
import dev.starling.worker.network.Dense;
import dev.starling.worker.network.ParameterBlock;
import java.util.List;
import java.util.Optional;

/** a = f(x·Wᵀ + b) with W as units × inputs, which is how DL4J's column-major inputs × units lies in memory. */
final class DenseKernel implements Kernel {
    private final Planning plan;
    private final MatrixProducts products;
    private final Tensor input;
    private final Tensor output;
    private final FlatVector weights;
    private final FlatVector weightsGradient;
    private final FlatVector bias;
    private final FlatVector biasGradient;
    private final boolean relu;
    private final boolean frozen;
    private final OneDnn.Primitive activate;
    private final OneDnn.Primitive activateBackward;

    DenseKernel(Planning plan, Dense layer, List<ParameterBlock> blocks, Tensor input) throws Unplannable {
        int units = layer.units();
        Activation activation = layer.activation();
        this.plan = plan;
        this.products = plan.products();
        this.input = input;
        this.output = plan.flat(units);
        ParameterBlock kernel = Planning.block(blocks, ParameterBlock.Kind.KERNEL);
        this.weights = plan.parameter(kernel);
        this.frozen = kernel.frozen();
        this.weightsGradient = plan.gradientOf(kernel);
        this.bias = plan.bias(blocks, units);
        this.biasGradient = plan.biasGradient(blocks, units);
        this.relu = activation == Activation.Simple.RELU;
        Optional<Elementwise> function = relu ? Optional.empty() : Elementwise.of(activation);
        if (function.isPresent()) {
            OneDnn oneDnn = plan.oneDnn();
            activate = function.get().forward(oneDnn, output.layout(), output.valuesMemory(), output.valuesMemory());
            activateBackward = plan.learns()
                    ? function.get()
                            .backward(
                                    oneDnn,
                                    output.layout(),
                                    output.valuesMemory(),
                                    output.gradientMemory(),
                                    output.gradientMemory())
                    : null;
        } else {
            activate = null;
            activateBackward = null;
        }
    }

    @Override
    public void forward(boolean training) {
        int units = output.channels();
        products.timesTransposed(plan.rows(), units, input.channels(), input.values(), weights, output.values());
        if (relu) {
            plan.loops().addBiasRelu(output.values(), bias, plan.rows(), units);
            return;
        }
        plan.loops().addBias(output.values(), bias, plan.rows(), units);
        if (activate != null) {
            activate.run();
        }
    }

    @Override
    public void backward() {
        int units = output.channels();
        int inputs = input.channels();
        FlatVector gradient = output.gradient();
        if (relu) {
            plan.loops().reluBackwardColumnSums(gradient, output.values(), plan.rows(), units, biasGradient);
        } else {
            if (activateBackward != null) {
                activateBackward.run();
            }
            plan.loops().columnSums(gradient, plan.rows(), units, biasGradient);
        }
        if (!frozen) {
            products.transposedTimes(units, inputs, plan.rows(), gradient, input.values(), weightsGradient);
        }
        if (input.needsGradient()) {
            products.times(plan.rows(), inputs, units, gradient, weights, input.gradient());
        }
    }

    @Override
    public Tensor output() {
        return output;
    }
}
