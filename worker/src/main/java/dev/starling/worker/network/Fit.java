package dev.starling.worker.network;

import dev.starling.worker.InvalidInput;

/** Checks of one layer against the shape that comes in; every complaint names the layer and the shape. */
record Fit(LayerSpec layer, Shape input) {
    static Fit of(LayerSpec layer, Shape input) {
        return new Fit(layer, input);
    }

    /** A dense layer over an image would act on its last axis in Keras, which nearly nobody means. */
    Fit flat() {
        return input instanceof Shape.Flat
                ? this
                : refuse("input of shape " + input.dimensions(), "one axis: put a flatten layer before it");
    }

    Fit sequence() {
        return input instanceof Shape.Sequence
                ? this
                : refuse("input of shape " + input.dimensions(), "[length, channels]");
    }

    Fit image() {
        return input instanceof Shape.Image
                ? this
                : refuse("input of shape " + input.dimensions(), "[height, width, channels]");
    }

    /** Whether the input has as many values as another shape. */
    Fit size(Shape other) {
        return input.size() == other.size()
                ? this
                : refuse(
                        "input of shape " + input.dimensions() + ", which has " + input.size() + " values",
                        other.size() + " of them, for " + other.dimensions());
    }

    Fit positive(String word, int value) {
        return value >= 1 ? this : refuse(word + " " + value, "at least 1");
    }

    /** Positions of a window along an axis of the input. */
    int positions(int axis, int window, int stride, Padding padding) {
        positive("window of size", window).positive("stride", stride);
        int size = input.dimensions().get(axis);
        int positions = padding.positions(size, window, stride);
        if (positions < 1) {
            refuse(
                    "input of shape " + input.dimensions() + " and a window of " + window,
                    "a window of at most " + size + ", or padding: same");
        }
        // DL4J refuses a negative padding of two and more, which Keras takes for none.
        if (padding == Padding.SAME && (positions - 1) * stride + window - size < -1) {
            refuse(
                    "a window of " + window + " with stride " + stride + " and padding same",
                    "a stride of at most the window's size");
        }
        return positions;
    }

    private Fit refuse(String found, String expected) {
        throw misfit(layer, found, expected);
    }

    static InvalidInput misfit(LayerSpec layer, String found, String expected) {
        return new InvalidInput("Cannot build layer " + layer.name() + " (" + layer.type() + "): " + found
                + " (expected " + expected + ")");
    }
}
