package dev.starling.worker.dl4j;

import dev.starling.worker.InvalidInput;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** The examples of a data set as rows of raw bytes, so that they are copied in bulk, whatever their type. */
final class ExampleRows {
    private final ExampleShape shape;
    private final int rows;
    /** Kept reachable, since the buffers are views of their memory. */
    private final List<Optional<INDArray>> arrays;

    private final List<Optional<ByteBuffer>> buffers;

    private ExampleRows(ExampleShape shape, int rows, List<Optional<INDArray>> arrays) {
        this.shape = shape;
        this.rows = rows;
        this.arrays = arrays;
        this.buffers =
                arrays.stream().map(array -> array.map(ExampleRows::bytes)).toList();
    }

    /** @throws InvalidInput if its arrays do not hold equally many examples, or texts */
    static ExampleRows of(MultiDataSet data) {
        int features = length(data.getFeatures());
        int labels = length(data.getLabels());
        List<Optional<INDArray>> arrays = new ArrayList<>();
        addAll(arrays, data.getFeatures(), features);
        addAll(arrays, data.getLabels(), labels);
        addAll(arrays, data.getFeaturesMaskArrays(), features);
        addAll(arrays, data.getLabelsMaskArrays(), labels);
        long rows = rows(arrays);
        List<Optional<INDArray>> together =
                arrays.stream().map(array -> array.map(ExampleRows::together)).toList();
        return new ExampleRows(ExampleShape.of(features, labels, together), Math.toIntExact(rows), together);
    }

    private static int length(INDArray[] arrays) {
        return arrays == null ? 0 : arrays.length;
    }

    private static void addAll(List<Optional<INDArray>> to, INDArray[] arrays, int count) {
        for (int i = 0; i < count; i++) {
            to.add(arrays == null ? Optional.empty() : Optional.ofNullable(arrays[i]));
        }
    }

    private static long rows(List<Optional<INDArray>> arrays) {
        long[] sizes = arrays.stream()
                .flatMap(Optional::stream)
                .mapToLong(array -> array.isEmpty() ? 0 : array.size(0))
                .toArray();
        if (Arrays.stream(sizes).distinct().count() > 1) {
            throw new InvalidInput("Cannot train on a data set whose arrays hold " + Arrays.toString(sizes)
                    + " examples (expected as many in each)");
        }
        if (arrays.stream().flatMap(Optional::stream).anyMatch(array -> array.dataType() == DataType.UTF8)) {
            throw new InvalidInput("Cannot train on a data set of texts (expected numbers)");
        }
        return sizes.length == 0 ? 0 : sizes[0];
    }

    private static INDArray together(INDArray array) {
        boolean plain = array.isEmpty()
                || (!array.isView()
                        && !array.isAttached()
                        && array.ordering() == 'c'
                        && Shape.hasDefaultStridesForShape(array));
        return plain ? array : array.dup('c');
    }

    private static ByteBuffer bytes(INDArray array) {
        if (array.isEmpty()) {
            return ByteBuffer.allocate(0);
        }
        long length = array.length() * array.dataType().width();
        if (length > Integer.MAX_VALUE) {
            throw new InvalidInput("Cannot train on a data set with an array of " + length
                    + " bytes (expected less than 2 GB in one data set: several smaller ones)");
        }
        return new BytePointer(array.data().addressPointer()).capacity(length).asByteBuffer();
    }

    ExampleShape shape() {
        return shape;
    }

    int rows() {
        return rows;
    }

    /** Copies a row of an array that is there. */
    void get(int slot, int row, byte[] into, int at, int length) {
        try {
            buffers.get(slot).orElseThrow().get(row * length, into, at, length);
        } finally {
            Reference.reachabilityFence(arrays);
        }
    }
}
