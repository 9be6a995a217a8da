package dev.starling.driver.keras;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An array of weights as Keras has it: values by rows, the last axis fastest.
 *
 * @param values not copied
 */
record KerasArray(List<Integer> shape, float[] values) {
    KerasArray {
        shape = List.copyOf(shape);
    }

    static KerasArray of(float[] values, int... shape) {
        return new KerasArray(Arrays.stream(shape).boxed().toList(), values);
    }

    int size(int axis) {
        return shape.get(axis);
    }

    KerasArray reshaped(int... sizes) {
        return of(values, sizes);
    }

    /** The same values with axes in another order, as NumPy's transpose; of four axes. */
    KerasArray transposed(int a, int b, int c, int d) {
        int[] axes = {a, b, c, d};
        int[] steps = {size(1) * size(2) * size(3), size(2) * size(3), size(3), 1};
        int[] sizes = Arrays.stream(axes).map(this::size).toArray();
        float[] out = new float[values.length];
        int at = 0;
        for (int i = 0; i < sizes[0]; i++) {
            for (int j = 0; j < sizes[1]; j++) {
                for (int k = 0; k < sizes[2]; k++) {
                    int from = i * steps[a] + j * steps[b] + k * steps[c];
                    for (int l = 0; l < sizes[3]; l++) {
                        out[at++] = values[from + l * steps[d]];
                    }
                }
            }
        }
        return of(out, sizes);
    }

    /** A kernel of [height, width, in, out] turned by 180 degrees: Theano's convolution runs over it backwards. */
    KerasArray turned() {
        int area = size(0) * size(1);
        int inner = size(2) * size(3);
        float[] out = new float[values.length];
        for (int i = 0; i < area; i++) {
            System.arraycopy(values, i * inner, out, (area - 1 - i) * inner, inner);
        }
        return new KerasArray(shape, out);
    }

    static String text(List<Integer> shape) {
        return shape.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }
}
