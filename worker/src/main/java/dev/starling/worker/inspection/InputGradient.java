package dev.starling.worker.inspection;

import dev.starling.worker.network.Activation;
import dev.starling.worker.network.Dense;
import dev.starling.worker.network.Initializer;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.Penalty;
import dev.starling.worker.network.Reshape;
import dev.starling.worker.network.Shape;
import dev.starling.worker.network.Weights;
import dev.starling.worker.plan.StepFactory;
import dev.starling.worker.step.Step;
import dev.starling.worker.step.StepChoice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An encoder's units and their derivatives with respect to its input, by the training step itself: the input stands as the kernel of a dense layer in front, over the constant 1, so that the gradient of that kernel is the derivative.
 * The targets of a squared error are set so that the error's gradient is 1 at the wanted unit and 0 elsewhere. One thread uses it.
 */
public final class InputGradient implements AutoCloseable {
    private static final Weights KERNEL_ALONE = new Weights(Initializer.ZEROS, Initializer.ZEROS, Penalty.NONE, false);

    private final Step step;
    private final int inputs;
    private final int units;
    private final float[] values;

    public InputGradient(Encoder encoder) {
        Shape input = encoder.network().input();
        StillNetwork still = new StillNetwork(encoder);
        List<LayerSpec> layers = new ArrayList<>();
        layers.add(new Dense("input.values", input.size(), Activation.Simple.LINEAR, KERNEL_ALONE));
        if (!(input instanceof Shape.Flat)) {
            layers.add(new Reshape("input.shape", input));
        }
        layers.addAll(still.layers());
        NetworkSpec network = new NetworkSpec(new Shape.Flat(1), layers, Loss.MEAN_SQUARED_ERROR);
        this.inputs = input.size();
        this.units = NetworkLayout.of(network).output().size();
        this.values = new float[units];
        this.step = StepFactory.create(network, 1, StepChoice.AUTO);
        float[] parameters = still.parameters();
        step.parameters().set(inputs, parameters, 0, parameters.length);
        step.features().set(0, new float[] {1}, 0, 1);
    }

    public int units() {
        return units;
    }

    /** @param x an input as an example lies, channels first; all that follows is about it */
    public void at(float[] x) {
        step.parameters().set(0, x, 0, inputs);
        step.infer(1);
        step.outputs().get(0, values, 0, units);
    }

    /** What the units give. */
    public float[] values() {
        return values.clone();
    }

    /** Derivatives of one unit with respect to the input, channels first. */
    public double[] of(int unit) {
        float[] targets = values.clone();
        targets[unit] -= units / 2f;
        step.targets().set(0, targets, 0, units);
        step.train(1, 0);
        float[] found = new float[inputs];
        step.gradient().get(0, found, 0, inputs);
        double[] gradient = new double[inputs];
        for (int i = 0; i < inputs; i++) {
            gradient[i] = found[i];
        }
        return gradient;
    }

    /** Units × inputs: ∂h/∂x. */
    public double[][] jacobian() {
        double[][] rows = new double[units][];
        Arrays.setAll(rows, this::of);
        return rows;
    }

    @Override
    public void close() {
        step.close();
    }
}
