package dev.starling.worker.network;

import java.io.Serializable;
import java.util.List;

/** The shape of one example, without the batch, in Keras's order: channels last. */
public sealed interface Shape extends Serializable {
    /** Number of values, at least 1. */
    int size();

    List<Integer> dimensions();

    /** Size of the last axis: channels or units. */
    int channels();

    /** Size of the first axis of an image or a sequence; 1 where there are channels alone. */
    default int height() {
        return 1;
    }

    /** Size of the second axis of an image; 1 where there is none. */
    default int width() {
        return 1;
    }

    /** The same but for the last axis. */
    Shape withChannels(int channels);

    /** @param units ≥ 1 */
    record Flat(int units) implements Shape {
        @Override
        public int size() {
            return units;
        }

        @Override
        public int channels() {
            return units;
        }

        @Override
        public Shape withChannels(int other) {
            return new Flat(other);
        }

        @Override
        public List<Integer> dimensions() {
            return List.of(units);
        }
    }

    /** A series of {@code length} positions with {@code channels} values each. */
    record Sequence(int length, int channels) implements Shape {
        @Override
        public int size() {
            return Math.multiplyExact(length, channels);
        }

        @Override
        public int height() {
            return length;
        }

        @Override
        public Shape withChannels(int other) {
            return new Sequence(length, other);
        }

        @Override
        public List<Integer> dimensions() {
            return List.of(length, channels);
        }
    }

    record Image(int height, int width, int channels) implements Shape {
        @Override
        public int size() {
            return Math.multiplyExact(Math.multiplyExact(height, width), channels);
        }

        @Override
        public Shape withChannels(int other) {
            return new Image(height, width, other);
        }

        @Override
        public List<Integer> dimensions() {
            return List.of(height, width, channels);
        }
    }

    /** @param dimensions one (units), two (length, channels) or three (height, width, channels), all ≥ 1 */
    static Shape of(List<Integer> dimensions) {
        for (int d : dimensions) {
            if (d < 1) {
                throw new IllegalArgumentException("Cannot make a shape of " + dimensions + " (expected sizes ≥ 1)");
            }
        }
        return switch (dimensions.size()) {
            case 1 -> new Flat(dimensions.get(0));
            case 2 -> new Sequence(dimensions.get(0), dimensions.get(1));
            case 3 -> new Image(dimensions.get(0), dimensions.get(1), dimensions.get(2));
            default ->
                throw new IllegalArgumentException("Cannot make a shape of " + dimensions
                        + " (expected [n], [length, channels] or [height, width, channels])");
        };
    }
}
