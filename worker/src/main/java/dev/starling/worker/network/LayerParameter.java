package dev.starling.worker.network;

import dev.starling.worker.network.ParameterBlock.Kind;
import java.util.List;
import java.util.stream.Stream;

/**
 * A parameter of a layer before it has its place in the flat vector.
 *
 * @param length floats
 * @param fanIn Keras's fan, for initialisers
 * @param fanOut likewise
 */
public record LayerParameter(Kind kind, int length, int fanIn, int fanOut, Initializer initializer, Penalty penalty) {

    static List<LayerParameter> kernel(Weights weights, int length, int fanIn, int fanOut) {
        return List.of(new LayerParameter(Kind.KERNEL, length, fanIn, fanOut, weights.kernel(), weights.penalty()));
    }

    /** Empty if the layer has none. */
    static List<LayerParameter> bias(Weights weights, int length) {
        return weights.useBias()
                ? List.of(new LayerParameter(Kind.BIAS, length, length, length, weights.bias(), Penalty.NONE))
                : List.of();
    }

    static List<LayerParameter> concat(List<LayerParameter> first, List<LayerParameter> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
