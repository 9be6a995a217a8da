package dev.starling.worker.dl4j;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What one example has in each array of a data set: features, labels, masks of features, masks of labels, in this order. Examples of one shape can lie in one batch
 * without padding.
 *
 * @param features number of feature arrays, and of their masks
 * @param labels number of label arrays, and of their masks
 * @param slots one per array, 2·(features + labels); empty where a data set has none
 */
record ExampleShape(int features, int labels, List<Optional<Slot>> slots) {
    /**
     * One example's part of an array.
     *
     * @param shape without the axis of examples
     */
    record Slot(DataType type, List<Long> shape) {
        /** Bytes of one example. */
        int bytes() {
            long size = type.width();
            for (long length : shape) {
                size = Math.multiplyExact(size, length);
            }
            return Math.toIntExact(size);
        }

        long[] shapeOf(int examples) {
            long[] all = new long[shape.size() + 1];
            all[0] = examples;
            for (int i = 0; i < shape.size(); i++) {
                all[i + 1] = shape.get(i);
            }
            return all;
        }
    }

    ExampleShape {
        slots = List.copyOf(slots);
    }

    /** @param arrays in the order of slots, examples along the first axis */
    static ExampleShape of(int features, int labels, List<Optional<INDArray>> arrays) {
        return new ExampleShape(
                features,
                labels,
                arrays.stream().map(array -> array.map(ExampleShape::slot)).toList());
    }

    private static Slot slot(INDArray array) {
        List<Long> shape = new ArrayList<>();
        for (int axis = 1; axis < array.rank(); axis++) {
            shape.add(array.size(axis));
        }
        return new Slot(array.dataType(), List.copyOf(shape));
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(features);
        out.writeInt(labels);
        for (Optional<Slot> slot : slots) {
            out.writeBoolean(slot.isPresent());
            if (slot.isPresent()) {
                out.writeInt(slot.get().type.toInt());
                out.writeInt(slot.get().shape.size());
                for (long length : slot.get().shape) {
                    out.writeLong(length);
                }
            }
        }
    }

    static ExampleShape read(DataInput in) throws IOException {
        int features = in.readInt();
        int labels = in.readInt();
        List<Optional<Slot>> slots = new ArrayList<>();
        for (int i = 0; i < 2 * (features + labels); i++) {
            slots.add(in.readBoolean() ? Optional.of(readSlot(in)) : Optional.empty());
        }
        return new ExampleShape(features, labels, slots);
    }

    private static Slot readSlot(DataInput in) throws IOException {
        DataType type = DataType.fromInt(in.readInt());
        List<Long> shape = new ArrayList<>();
        for (int axes = in.readInt(); axes > 0; axes--) {
            shape.add(in.readLong());
        }
        return new Slot(type, List.copyOf(shape));
    }
}
