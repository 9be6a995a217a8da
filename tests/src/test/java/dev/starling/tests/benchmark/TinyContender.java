package dev.starling.tests.benchmark;

import dev.starling.worker.data.EpochOrder;
import dev.starling.worker.data.ExampleBlock;
import dev.starling.worker.data.RowChunk;
import dev.starling.worker.data.Split;
import dev.starling.worker.data.TargetCoding;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.Activation;
import dev.starling.worker.network.Dense;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.ParameterInitializer;
import dev.starling.worker.network.Shape;
import dev.starling.worker.network.Weights;
import dev.starling.worker.optimizer.Clipping;
import dev.starling.worker.optimizer.Optimizer;
import dev.starling.worker.optimizer.OptimizerSpec;
import dev.starling.worker.optimizer.Schedule;
import dev.starling.worker.plan.StepFactory;
import dev.starling.worker.step.Step;
import dev.starling.worker.step.StepChoice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A replica's work on tiny networks: gather a batch, gradient, update. A request is a network ({@code 4-16-2}); the answer microseconds per step. Every measurement trains
 * anew, several times over, as long as the other contenders do.
 */
public final class TinyContender {
    private static final int STEPS = 3000;
    private static final int RESTARTS = 20;

    private final Step step;
    private final Optimizer optimizer;
    private final FlatVector state;
    private final NetworkLayout layout;
    private final ExampleBlock block;
    private final TargetCoding coding;

    private TinyContender(Step step, NetworkLayout layout, ExampleBlock block, TargetCoding coding) {
        this.step = step;
        this.layout = layout;
        this.block = block;
        this.coding = coding;
        OptimizerSpec adam = new OptimizerSpec.Adam(new Schedule.Constant(1e-3), 0.9, 0.999, 1e-7, 0);
        this.optimizer = new Optimizer(adam, new Clipping.None(), layout);
        this.state = FlatVector.allocate(optimizer.stateLength());
    }

    public static void main(String[] arguments) {
        new Answers().serve(words -> new double[] {microseconds(TinyNetwork.of(words.get(0)))});
    }

    private static double microseconds(TinyNetwork network) {
        NetworkSpec spec = spec(network);
        TargetCoding coding = new TargetCoding.OneHot(network.classes());
        try (ExampleBlock block = block(network);
                Step step = StepFactory.create(spec, TinyNetwork.BATCH, StepChoice.PLANNED)) {
            TinyContender contender = new TinyContender(step, NetworkLayout.of(spec), block, coding);
            contender.train(STEPS);
            long nanos = 0;
            for (int i = 0; i < RESTARTS; i++) {
                nanos += contender.train(STEPS);
            }
            return nanos / 1e3 / STEPS / RESTARTS;
        }
    }

    private static NetworkSpec spec(TinyNetwork network) {
        int[] sizes = network.sizes();
        List<LayerSpec> layers = new ArrayList<>();
        for (int i = 1; i < sizes.length; i++) {
            Activation activation = i == sizes.length - 1 ? Activation.Simple.SOFTMAX : Activation.Simple.RELU;
            layers.add(new Dense("dense_" + i, sizes[i], activation, Weights.DEFAULT));
        }
        return new NetworkSpec(new Shape.Flat(sizes[0]), layers, Loss.CATEGORICAL_CROSSENTROPY);
    }

    private static ExampleBlock block(TinyNetwork network) {
        int rows = TinyNetwork.ROWS;
        int width = network.inputs() + 1;
        float[] features = network.features();
        int[] classes = network.classesOf(features);
        float[] values = new float[rows * width];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(features, row * network.inputs(), values, row * width, network.inputs());
            values[row * width + network.inputs()] = classes[row];
        }
        Path nowhere = Path.of("");
        ExampleBlock block = ExampleBlock.allocate(rows, network.inputs(), 1, nowhere, Long.MAX_VALUE);
        block.put(new RowChunk(Split.TRAIN, 0, IntStream.range(0, rows).toArray(), width, values));
        return block;
    }

    /** Nanoseconds for so many steps from the first parameters on. */
    private long train(int steps) {
        ParameterInitializer.initialize(layout, 1, step.parameters());
        optimizer.reset(state);
        int batches = TinyNetwork.ROWS / TinyNetwork.BATCH;
        int[] order = {};
        long start = System.nanoTime();
        for (int t = 1; t <= steps; t++) {
            int batch = (t - 1) % batches;
            if (batch == 0) {
                order = EpochOrder.shuffled(TinyNetwork.ROWS, t);
            }
            block.gather(order, batch * TinyNetwork.BATCH, TinyNetwork.BATCH, coding, step.features(), step.targets());
            step.train(TinyNetwork.BATCH, t);
            optimizer.apply(step.parameters(), step.gradient(), state, t, 1e-3);
        }
        long nanos = System.nanoTime() - start;
        if (Arrays.stream(IntStream.range(0, layout.total()).toArray())
                .anyMatch(i -> !Float.isFinite(step.parameters().floats().get(i)))) {
            throw new IllegalStateException("Cannot measure: a parameter is not finite after " + steps + " steps");
        }
        return nanos;
    }
}
