package dev.starling.driver.keras;

import dev.starling.worker.network.Conv1d;
import dev.starling.worker.network.Conv2d;
import dev.starling.worker.network.Dense;
import dev.starling.worker.network.LayerLayout;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.network.ParameterBlock.Kind;
import dev.starling.worker.network.Prelu;
import dev.starling.worker.network.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the values of one parameter lie, in Keras's array and in the flat vector: a dense kernel is [in, out] there and row-major [out, in] here, a convolution's [height, width, in,
 * out] there and [out, in, height, width] here.
 *
 * @param order of the layer's input where it has one axis
 * @param made of its output, if it is a dense layer
 * @param channelsFirst whether Keras has its input's channels first
 */
record Placement(
        LayerLayout layer, ParameterBlock block, FeatureOrder order, FeatureOrder made, boolean channelsFirst) {
    private interface Pair {
        void at(int keras, int ours);
    }

    /** Of Keras's array. */
    List<Integer> shape() {
        LayerSpec spec = layer.spec();
        if (spec instanceof Prelu prelu) {
            return slopes(prelu);
        }
        if (block.kind() != Kind.KERNEL) {
            return List.of(block.length());
        }
        int in = layer.input().channels();
        if (spec instanceof Conv1d convolution) {
            return List.of(convolution.kernelSize(), in, convolution.filters());
        }
        if (spec instanceof Conv2d convolution) {
            return List.of(convolution.kernelHeight(), convolution.kernelWidth(), in, convolution.filters());
        }
        return List.of(layer.input().size(), block.length() / layer.input().size());
    }

    /** A slope for each value of an example; sizes of shared axes are 1. */
    private List<Integer> slopes(Prelu prelu) {
        Shape input = layer.input();
        List<Integer> sizes = new ArrayList<>(input.dimensions());
        int channels = sizes.remove(sizes.size() - 1);
        if (prelu.perChannel()) {
            sizes.replaceAll(size -> 1);
        }
        sizes.add(channelsFirst ? 0 : sizes.size(), channels);
        return sizes;
    }

    void fill(KerasArray array, float[] flat) {
        pairs((keras, ours) -> flat[ours] = array.values()[keras]);
    }

    KerasArray take(float[] flat) {
        float[] values = new float[block.length()];
        pairs((keras, ours) -> values[keras] = flat[ours]);
        return new KerasArray(shape(), values);
    }

    private void pairs(Pair pair) {
        LayerSpec spec = layer.spec();
        boolean kernel = block.kind() == Kind.KERNEL;
        if (kernel && (spec instanceof Conv1d || spec instanceof Conv2d)) {
            convolution(pair);
        } else if (kernel) {
            dense(pair);
        } else if (spec instanceof Prelu prelu && !prelu.perChannel() && !(layer.input() instanceof Shape.Flat)) {
            slopes(pair);
        } else {
            // What a layer that is no product has, it has for each of its inputs.
            FeatureOrder own = spec instanceof Dense ? made : order;
            for (int i = 0; i < block.length(); i++) {
                pair.at(i, block.offset() + own.of(i));
            }
        }
    }

    /** Ours lie by columns: the channel runs fastest, then the row. */
    private void slopes(Pair pair) {
        int channels = layer.input().channels();
        int height = layer.input().height();
        int width = layer.input().width();
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                for (int c = 0; c < channels; c++) {
                    int keras =
                            channelsFirst ? (c * height + row) * width + column : (row * width + column) * channels + c;
                    pair.at(keras, block.offset() + c + channels * (row + height * column));
                }
            }
        }
    }

    private void dense(Pair pair) {
        int in = layer.input().size();
        int out = block.length() / in;
        for (int i = 0; i < in; i++) {
            int from = order.of(i);
            for (int o = 0; o < out; o++) {
                pair.at(i * out + o, block.offset() + made.of(o) * in + from);
            }
        }
    }

    private void convolution(Pair pair) {
        int in = layer.input().channels();
        int out = layer.output().channels();
        int area = block.length() / (in * out);
        for (int at = 0; at < area; at++) {
            for (int i = 0; i < in; i++) {
                for (int o = 0; o < out; o++) {
                    pair.at((at * in + i) * out + o, block.offset() + (o * in + i) * area + at);
                }
            }
        }
    }
}
