package dev.starling.driver.keras;

import dev.starling.worker.network.LayerLayout;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.network.ParameterBlock.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The flat vector of a network from a Keras file. */
public final class KerasParameters {
    private KerasParameters() {}

    /**
     * Reads every array that the network needs, and nothing else.
     *
     * @param origins the Keras layer of each of the network's, by its name here
     * @param inOurOrder names of the flatten layers whose values Keras, too, has channels first
     * @return in DL4J's order
     * @throws dev.starling.worker.InvalidInput if arrays are missing, too many or of another shape
     */
    public static float[] read(
            KerasFile file, NetworkLayout layout, Map<String, KerasLayer> origins, Set<String> inOurOrder) {
        try (KerasWeights weights = file.weights(layout.counted())) {
            float[] flat = new float[layout.total()];
            fillWithOnes(layout, flat);
            SortedMap<Integer, List<Placement>> inFile = new TreeMap<>();
            for (List<Placement> own : Placements.of(layout, inOurOrder)) {
                if (!own.isEmpty()) {
                    inFile.put(origin(own, origins).position(), own);
                }
            }
            for (List<Placement> own : inFile.values()) {
                fill(own, origin(own, origins), weights, file.model().version(), flat);
            }
            weights.requireEnd();
            return flat;
        }
    }

    private static KerasLayer origin(List<Placement> own, Map<String, KerasLayer> origins) {
        return origins.get(own.get(0).layer().spec().name());
    }

    /** Where only DL4J's layer has a gamma. */
    private static void fillWithOnes(NetworkLayout layout, float[] flat) {
        for (LayerLayout layer : layout.layers()) {
            for (ParameterBlock block : layer.blocks()) {
                if (block.kind() == Kind.GAMMA && !layer.spec().has(Kind.GAMMA)) {
                    Arrays.fill(flat, block.offset(), block.offset() + block.length(), 1);
                }
            }
        }
    }

    private static void fill(List<Placement> own, KerasLayer origin, KerasWeights weights, int version, float[] flat) {
        KerasWeights.Arrays arrays = weights.next(origin, own.size());
        for (int i = 0; i < own.size(); i++) {
            Placement placement = own.get(i);
            KerasArray array = version == 1 && placement.block().kind() == Kind.KERNEL
                    ? OldKernels.read(arrays, i, placement.shape(), origin, weights.turned())
                    : turned(arrays.read(i, placement.shape()), weights.turned());
            placement.fill(array, flat);
        }
    }

    /** Of Keras 2 on Theano. */
    private static KerasArray turned(KerasArray array, boolean turned) {
        return turned && array.shape().size() == 4 ? array.turned() : array;
    }
}
