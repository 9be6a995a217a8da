package dev.starling.driver.keras;

import dev.starling.worker.network.Conv1d;
import dev.starling.worker.network.Conv2d;
import dev.starling.worker.network.Dense;
import dev.starling.worker.network.LayerLayout;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.network.ParameterBlock.Kind;
import java.util.List;

/**
 * Where the values of one parameter lie, in Keras's array and in the flat vector: a dense kernel is [in, out] there and row-major [out, in] here, a convolution's [height, width, in,
 * out] there and [out, in, height, width] here.
 *
 * @param order of the layer's input where it has one axis
 * @param made of its output, if it is a dense layer
 */
record Placement(LayerLayout layer, ParameterBlock block, FeatureOrder order, FeatureOrder made) {
    private interface Pair {
        void at(int keras, int ours);
    }

    /** Of Keras's array. */
    List<Integer> shape() {
        LayerSpec spec = layer.spec();
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
        } else {
            // What a layer that is no product has, it has for each of its inputs.
            FeatureOrder own = spec instanceof Dense ? made : order;
            for (int i = 0; i < block.length(); i++) {
                pair.at(i, block.offset() + own.of(i));
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
