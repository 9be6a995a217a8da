package dev.starling.driver.keras;

import java.util.List;

/** Kernels of convolutions as Keras 1 laid them out, as Keras 2 itself reads them: [out, in, height, width] with channels first, and a series' with a width of 1. */
final class OldKernels {
    private OldKernels() {}

    /**
     * One array of a layer.
     *
     * @param shape as Keras 2 and 3 have it
     * @param origin a layer of Keras 1
     * @param turned whether Theano wrote it
     */
    static KerasArray read(
            KerasWeights.Arrays arrays, int index, List<Integer> shape, KerasLayer origin, boolean turned) {
        if (shape.size() == 3) {
            return series(arrays, index, shape);
        }
        if (shape.size() != 4) {
            return arrays.read(index, shape);
        }
        boolean first = origin.config().path("dim_ordering").asText().equals("th");
        KerasArray array = first
                ? arrays.read(index, List.of(shape.get(3), shape.get(2), shape.get(0), shape.get(1)))
                        .transposed(2, 3, 1, 0)
                : arrays.read(index, shape);
        return turned ? array.turned() : array;
    }

    private static KerasArray series(KerasWeights.Arrays arrays, int index, List<Integer> shape) {
        int length = shape.get(0);
        int in = shape.get(1);
        int out = shape.get(2);
        List<Integer> newer = List.of(length, 1, in, out);
        KerasArray array = arrays.shape(index).equals(newer)
                ? arrays.read(index, newer)
                : arrays.read(index, List.of(out, in, length, 1)).transposed(2, 3, 1, 0);
        return array.reshaped(length, in, out);
    }
}
