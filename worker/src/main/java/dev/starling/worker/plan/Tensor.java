package dev.starling.worker.plan;

import dev.starling.worker.memory.Arena;
import dev.starling.worker.memory.FlatVector;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.dnnl.memory;

/**
 * A batch between two kernels: rows × channels × height × width values, and the gradient of the loss with respect to them in the same order. Flat data have height and width 1. The order is
 * plain (example by example, channel by channel, row by row) or what oneDNN chose; oneDNN's descriptions are made where a kernel asks for them, so that plain tensors do without it.
 */
final class Tensor {
    private final Optional<OneDnn> oneDnn;
    private final int rows;
    private final int channels;
    private final int height;
    private final int width;
    private final boolean plain;
    private final FlatVector values;
    private final Optional<Supplier<FlatVector>> gradient;
    private memory.desc layout;
    private memory valuesMemory;
    private memory gradientMemory;

    private Tensor(
            Optional<OneDnn> oneDnn,
            int rows,
            int channels,
            int height,
            int width,
            Optional<memory.desc> layout,
            FlatVector values,
            Optional<Supplier<FlatVector>> gradient) {
        this.oneDnn = oneDnn;
        this.rows = rows;
        this.channels = channels;
        this.height = height;
        this.width = width;
        this.plain = layout.isEmpty() || layout.get().equals(OneDnn.plain(rows, channels, height, width));
        this.layout = layout.orElse(null);
        this.values = values;
        this.gradient = gradient;
    }

    /** In plain order over given memory; the network's input has no gradient, for nobody needs it. */
    static Tensor plain(
            Optional<OneDnn> oneDnn,
            int rows,
            int channels,
            int height,
            int width,
            FlatVector values,
            Optional<FlatVector> gradient) {
        return new Tensor(
                oneDnn, rows, channels, height, width, Optional.empty(), values, gradient.map(known -> () -> known));
    }

    /** In an order of oneDNN's, with memory of its own, padding included. */
    static Tensor ordered(OneDnn oneDnn, int rows, int channels, int height, int width, memory.desc layout) {
        return new Tensor(
                Optional.of(oneDnn),
                rows,
                channels,
                height,
                width,
                Optional.of(oneDnn.keep(layout)),
                oneDnn.allocate(layout),
                Optional.of(new Once(() -> oneDnn.allocate(layout))));
    }

    /** Another with the same shape and order. */
    Tensor alike(Arena memory) {
        FlatVector others = memory.allocate(values.length());
        return new Tensor(
                oneDnn,
                rows,
                channels,
                height,
                width,
                Optional.ofNullable(layout),
                others,
                Optional.of(new Once(() -> memory.allocate(others.length()))));
    }

    /** The same values with another gradient. */
    Tensor withOwnGradient(Arena memory) {
        return new Tensor(
                oneDnn,
                rows,
                channels,
                height,
                width,
                Optional.ofNullable(layout),
                values,
                Optional.of(new Once(() -> memory.allocate(values.length()))));
    }

    /** The same memory seen as rows of flat values; for plain order only. */
    Tensor flattened() {
        return new Tensor(oneDnn, rows, exampleSize(), 1, 1, Optional.empty(), values, gradient);
    }

    /** The same values for who needs no gradient with respect to them: nothing before them learns. */
    Tensor withoutGradient() {
        return new Tensor(oneDnn, rows, channels, height, width, Optional.ofNullable(layout), values, Optional.empty());
    }

    /** Memory for a gradient is made when it is first asked for, while the plan is made: behind frozen layers nobody asks. */
    private static final class Once implements Supplier<FlatVector> {
        private final Supplier<FlatVector> make;
        private FlatVector made;

        Once(Supplier<FlatVector> make) {
            this.make = make;
        }

        @Override
        public FlatVector get() {
            made = made == null ? make.get() : made;
            return made;
        }
    }

    /** For tests: whether anybody has asked for the gradient. */
    boolean hasGradientMemory() {
        return gradient.isPresent() && !(gradient.get() instanceof Once once && once.made == null);
    }

    /** The same memory seen in another shape of as many values; for plain order only. */
    Tensor reshaped(int otherChannels, int otherHeight, int otherWidth) {
        return new Tensor(oneDnn, rows, otherChannels, otherHeight, otherWidth, Optional.empty(), values, gradient);
    }

    int rows() {
        return rows;
    }

    int channels() {
        return channels;
    }

    int height() {
        return height;
    }

    int width() {
        return width;
    }

    int area() {
        return height * width;
    }

    /** Values of one example. */
    int exampleSize() {
        return channels * height * width;
    }

    boolean isPlain() {
        return plain;
    }

    FlatVector values() {
        return values;
    }

    boolean needsGradient() {
        return gradient.isPresent();
    }

    FlatVector gradient() {
        return gradient.orElseThrow().get();
    }

    /** oneDNN's description of the order. */
    memory.desc layout() {
        if (layout == null) {
            layout = oneDnn.orElseThrow().keep(OneDnn.plain(rows, channels, height, width));
        }
        return layout;
    }

    memory valuesMemory() {
        if (valuesMemory == null) {
            valuesMemory = oneDnn.orElseThrow().memory(layout(), values);
        }
        return valuesMemory;
    }

    memory gradientMemory() {
        if (gradientMemory == null) {
            gradientMemory = oneDnn.orElseThrow().memory(layout(), gradient());
        }
        return gradientMemory;
    }
}
