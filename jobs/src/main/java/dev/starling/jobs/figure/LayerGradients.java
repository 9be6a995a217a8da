package dev.starling.jobs.figure;

import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.Seeds;
import dev.starling.worker.data.Split;
import dev.starling.worker.data.TargetCoding;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.LayerLayout;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.network.ParameterInitializer;
import dev.starling.worker.network.Shape;
import dev.starling.worker.plan.StepFactory;
import dev.starling.worker.step.Step;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How strongly each layer learns, on the first training examples as one batch: vanishing gradients and dead units.
 *
 * @param layer a layer with a kernel
 * @param start norm of the loss's gradient by the kernel, with the weights that the initialisers make
 * @param trained the same with the trained weights
 * @param silent part of its units whose outputs (after its own activation) are above 0 for none of the examples
 */
record LayerGradients(String layer, double start, double trained, double silent) {
    private static final int MOST_ROWS = 512;

    /** In the order of the network. */
    static List<LayerGradients> of(Drawn drawn) {
        NetworkLayout layout = NetworkLayout.of(drawn.network());
        Rows rows = Rows.of(drawn.data(), Split.TRAIN, MOST_ROWS);
        List<LayerGradients> found = new ArrayList<>();
        try (Step step = StepFactory.create(drawn.network(), rows.count(), drawn.step())) {
            fill(step, rows, drawn);
            long seed = Seeds.derive(drawn.seed(), Seeds.Purpose.INITIALIZE);
            ParameterInitializer.initialize(layout, seed, step.parameters());
            float[] start = gradient(step, rows.count());
            step.parameters().set(drawn.parameters());
            float[] trained = gradient(step, rows.count());
            for (ParameterBlock block : layout.blocks()) {
                if (block.kind() == ParameterBlock.Kind.KERNEL) {
                    double silent = silent(block.layer(), layout, rows, drawn);
                    found.add(new LayerGradients(block.layer(), norm(start, block), norm(trained, block), silent));
                }
            }
        }
        return found;
    }

    /** A line for each, for programs. */
    static String csv(List<LayerGradients> layers) {
        StringBuilder csv = new StringBuilder("layer,start,trained,silent\n");
        layers.forEach(
                l -> csv.append(String.format(Locale.ROOT, "%s,%s,%s,%s%n", l.layer, l.start, l.trained, l.silent)));
        return csv.toString();
    }

    private static void fill(Step step, Rows rows, Drawn drawn) {
        Preparation preparation = drawn.data().preparation();
        int outputs = NetworkLayout.of(drawn.network()).output().size();
        TargetCoding coding = TargetCoding.of(preparation, drawn.network(), outputs);
        float[] whole = new float[rows.inputs() + rows.stored()];
        for (int row = 0; row < rows.count(); row++) {
            System.arraycopy(rows.features(), row * rows.inputs(), whole, 0, rows.inputs());
            System.arraycopy(rows.targets(), row * rows.stored(), whole, rows.inputs(), rows.stored());
            FlatVector features = step.features();
            features.floats().put(row * rows.inputs(), whole, 0, rows.inputs());
            coding.write(
                    FloatBuffer.wrap(whole), 0, rows.inputs(), step.targets().floats(), row * outputs);
        }
    }

    private static float[] gradient(Step step, int rows) {
        step.train(rows, 0);
        return step.gradient().toArray();
    }

    private static double norm(float[] gradient, ParameterBlock block) {
        double squares = IntStream.range(block.offset(), block.offset() + block.length())
                .mapToDouble(i -> (double) gradient[i] * gradient[i])
                .sum();
        return Math.sqrt(squares);
    }

    private static double silent(String name, NetworkLayout layout, Rows rows, Drawn drawn) {
        Shape output = layout.layers().stream()
                .filter(layer -> layer.spec().name().equals(name))
                .map(LayerLayout::output)
                .findFirst()
                .orElseThrow();
        if (!(output instanceof Shape.Flat)) {
            return 0;
        }
        int units = output.size();
        float[] outputs = Model.upTo(name, drawn).outputs(rows.features());
        long silent = IntStream.range(0, units)
                .filter(unit -> IntStream.range(0, rows.count()).allMatch(row -> outputs[row * units + unit] <= 0))
                .count();
        return (double) silent / units;
    }
}
