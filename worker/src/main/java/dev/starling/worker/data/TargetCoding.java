package dev.starling.worker.data;

import dev.starling.worker.InvalidInput;
import dev.starling.worker.network.LabelSmoothing;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** How a stored target becomes what a network's outputs are compared with. */
public sealed interface TargetCoding {
    /** Floats per example, as many as the network has outputs. */
    int outputs();

    /**
     * Writes one example's target.
     *
     * @param rows encoded rows
     * @param at where the example's row begins
     * @param featureSize its features; the stored target follows them
     * @param targets written from {@code to}, {@link #outputs()} floats
     */
    void write(FloatBuffer rows, int at, int featureSize, FloatBuffer targets, int to);

    /** A stored class number as 1 at its place and 0 elsewhere. */
    record OneHot(int outputs) implements TargetCoding {
        @Override
        public void write(FloatBuffer rows, int at, int featureSize, FloatBuffer targets, int to) {
            int number = (int) rows.get(at + featureSize);
            for (int i = 0; i < outputs; i++) {
                targets.put(to + i, i == number ? 1 : 0);
            }
        }
    }

    /** A stored class number, 0 or 1, as one value: for one sigmoid output. */
    record Single() implements TargetCoding {
        @Override
        public int outputs() {
            return 1;
        }

        @Override
        public void write(FloatBuffer rows, int at, int featureSize, FloatBuffer targets, int to) {
            targets.put(to, rows.get(at + featureSize));
        }
    }

    /** The point of a stored class number. */
    record Embedded(Embeddings points) implements TargetCoding {
        @Override
        public int outputs() {
            return points.dimensions();
        }

        @Override
        public void write(FloatBuffer rows, int at, int featureSize, FloatBuffer targets, int to) {
            targets.put(to, points.point((int) rows.get(at + featureSize)));
        }
    }

    /** Stored values as they are. */
    record AsStored(int outputs) implements TargetCoding {
        @Override
        public void write(FloatBuffer rows, int at, int featureSize, FloatBuffer targets, int to) {
            targets.put(to, rows, at + featureSize, outputs);
        }
    }

    /** The example's own features: the network gives back its input. */
    record CopyFeatures(int outputs) implements TargetCoding {
        @Override
        public void write(FloatBuffer rows, int at, int featureSize, FloatBuffer targets, int to) {
            targets.put(to, rows, at, outputs);
        }
    }

    /**
     * Softer targets of a cross-entropy.
     *
     * @param plain what is smoothed
     * @param scale a target t becomes scale·t + shift
     */
    record Smoothed(TargetCoding plain, float scale, float shift) implements TargetCoding {
        @Override
        public int outputs() {
            return plain.outputs();
        }

        @Override
        public void write(FloatBuffer rows, int at, int featureSize, FloatBuffer targets, int to) {
            plain.write(rows, at, featureSize, targets, to);
            for (int i = to; i < to + plain.outputs(); i++) {
                targets.put(i, targets.get(i) * scale + shift);
            }
        }
    }

    /** The same target for each of several outputs. */
    record Several(List<TargetCoding> each) implements TargetCoding {
        public Several {
            each = List.copyOf(each);
        }

        @Override
        public int outputs() {
            return each.stream().mapToInt(TargetCoding::outputs).sum();
        }

        @Override
        public void write(FloatBuffer rows, int at, int featureSize, FloatBuffer targets, int to) {
            int next = to;
            for (TargetCoding one : each) {
                one.write(rows, at, featureSize, targets, next);
                next += one.outputs();
            }
        }
    }

    /**
     * The coding for a network of {@code outputs} outputs. Where the target is the input, {@link #of(Preparation, Loss, Shape)} checks that they fit.
     *
     * @throws InvalidInput when target, loss and number of outputs do not fit
     */
    static TargetCoding of(Target target, Loss loss, int outputs) {
        if (target instanceof Target.Classes classes) {
            return classes.isEmbedded()
                    ? embedded(new Embeddings(classes.points()), loss, outputs)
                    : ofClasses(classes.names().size(), loss, outputs);
        }
        if (target instanceof Target.Values values) {
            int width = values.names().size();
            if (width != outputs || loss == Loss.CATEGORICAL_CROSSENTROPY) {
                throw misfit(outputs, "the data have " + width + " numeric targets", loss, width);
            }
            return new AsStored(outputs);
        }
        return new CopyFeatures(outputs);
    }

    /**
     * As {@link #of(Target, Loss, int)}, for an output of a shape: that of an image or a series only where the target is the input, which it then must be like.
     *
     * @throws InvalidInput when they do not fit
     */
    static TargetCoding of(Preparation preparation, Loss loss, Shape output) {
        requireFit(preparation.input(), output, loss, preparation.target() instanceof Target.Input);
        return of(preparation.target(), loss, output.size());
    }

    /**
     * As far as shapes alone can tell.
     *
     * @param targetIsInput whether the network gives back its input: in its shape, or as one row of as many values
     * @throws InvalidInput with both shapes when they do not fit
     */
    static void requireFit(Shape input, Shape output, Loss loss, boolean targetIsInput) {
        boolean flat = output instanceof Shape.Flat;
        if (targetIsInput && !output.equals(input) && !(flat && output.size() == input.size())) {
            throw new InvalidInput("Cannot train with " + loss.label() + ": the network gives values of shape "
                    + output.dimensions() + " and the target is its input, of shape " + input.dimensions()
                    + " (expected " + input.dimensions()
                    + (input instanceof Shape.Flat ? "" : ", or [" + input.size() + "]") + ")");
        }
        if (!targetIsInput && !flat) {
            throw new InvalidInput("Cannot end network with an output of shape " + output.dimensions()
                    + " (expected one axis: add a flatten or a dense layer; or data.targetIsInput: true)");
        }
        if (targetIsInput && loss == Loss.CATEGORICAL_CROSSENTROPY) {
            throw new InvalidInput("Cannot train with " + loss.label()
                    + ": the target is the input (expected binaryCrossentropy, meanSquaredError or meanAbsoluteError)");
        }
    }

    /**
     * As {@link #of(Preparation, Loss, Shape)} for the network's losses, with its label smoothing. Several outputs split the numbers of the target among them in order, where these are as many as all their values; else
     * each is compared with the whole target.
     */
    static TargetCoding of(Preparation preparation, NetworkSpec network, int outputs) {
        if (network.wiring().outputs().size() < 2) {
            TargetCoding plain =
                    of(preparation, network.loss(), NetworkLayout.of(network).output());
            return smoothed(plain, network.loss(), network.smoothing());
        }
        List<Integer> sizes = NetworkLayout.of(network).outputSizes();
        if (preparation.target() instanceof Target.Values values
                && values.names().size() == outputs) {
            return of(preparation, network.loss(), new Shape.Flat(outputs));
        }
        if (preparation.target() instanceof Target.Values values
                && sizes.stream().anyMatch(size -> size != values.names().size())) {
            throw new InvalidInput("Cannot train outputs of " + sizes + " values: the data have "
                    + values.names().size() + " numeric targets (expected " + outputs
                    + ", which are split among the outputs in order, or as many values of each output)");
        }
        List<TargetCoding> each = new ArrayList<>();
        for (int i = 0; i < sizes.size(); i++) {
            Loss loss = network.lossOf(i);
            each.add(smoothed(of(preparation, loss, new Shape.Flat(sizes.get(i))), loss, network.smoothing()));
        }
        return new Several(each);
    }

    private static TargetCoding smoothed(TargetCoding plain, Loss loss, LabelSmoothing smoothing) {
        if (smoothing.amount() == 0) {
            return plain;
        }
        int classes = loss == Loss.CATEGORICAL_CROSSENTROPY ? plain.outputs() : 2;
        double hit = smoothing.hit(classes);
        double miss = smoothing.miss(classes);
        if (!loss.isCrossEntropy() || hit <= miss) {
            throw new InvalidInput("Cannot smooth labels by " + smoothing.amount() + " with "
                    + loss.label() + " and " + classes
                    + " classes (expected a cross-entropy, and more left for the true class, which gets " + hit
                    + ", than for another, which gets " + miss + ")");
        }
        return new Smoothed(plain, (float) (hit - miss), (float) miss);
    }

    private static TargetCoding embedded(Embeddings points, Loss loss, int outputs) {
        if (points.dimensions() != outputs) {
            throw new InvalidInput("Cannot train with " + loss.label() + ": the last layer has " + outputs
                    + " outputs and a class's embedding " + points.dimensions() + " numbers (expected "
                    + points.dimensions() + " outputs)");
        }
        return new Embedded(points);
    }

    private static TargetCoding ofClasses(int classes, Loss loss, int outputs) {
        if (loss.isBinary() && classes == 2 && outputs == 1) {
            return new Single();
        }
        if (!loss.isCrossEntropy() || classes != outputs) {
            int expected = loss.isBinary() && classes == 2 ? 1 : classes;
            throw misfit(outputs, "the target has " + classes + " classes", loss, expected);
        }
        return new OneHot(classes);
    }

    private static InvalidInput misfit(int outputs, String found, Loss loss, int expected) {
        return new InvalidInput("Cannot train with " + loss.label() + ": the last layer has " + outputs
                + " outputs and " + found + " (expected " + expected + " outputs"
                + (loss.isCrossEntropy() ? "" : ", and numbers as targets") + ")");
    }
}
