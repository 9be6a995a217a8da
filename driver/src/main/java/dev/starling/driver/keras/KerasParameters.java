package dev.starling.driver.keras;

import dev.starling.worker.network.LayerLayout;
import dev.starling.worker.network.NetworkLayout;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
        try (KerasWeights weights = file.weights(layout.total())) {
            float[] flat = new float[layout.total()];
            List<List<Placement>> placements = Placements.of(layout, inOurOrder);
            for (int i = 0; i < placements.size(); i++) {
                List<Placement> own = placements.get(i);
                if (!own.isEmpty()) {
                    LayerLayout layer = layout.layers().get(i);
                    KerasLayer origin = origins.get(layer.spec().name());
                    fill(own, origin, weights, file.model().version(), flat);
                }
            }
            weights.requireEnd();
            return flat;
        }
    }

    private static void fill(List<Placement> own, KerasLayer origin, KerasWeights weights, int version, float[] flat) {
        KerasWeights.Arrays arrays = weights.next(origin, own.size());
        for (int i = 0; i < own.size(); i++) {
            Placement placement = own.get(i);
            KerasArray array = version == 1
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
