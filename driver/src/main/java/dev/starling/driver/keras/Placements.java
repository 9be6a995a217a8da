package dev.starling.driver.keras;

import dev.starling.worker.network.Dense;
import dev.starling.worker.network.Flatten;
import dev.starling.worker.network.LayerLayout;
import dev.starling.worker.network.NetworkLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** All parameters of a network in Keras's order: layer by layer, kernel and bias; gamma, beta, mean, variance. */
final class Placements {
    private Placements() {}

    /**
     * One list for each layer, empty where it has no weights.
     *
     * @param inOurOrder names of the flatten layers whose values Keras, too, has channels first
     */
    static List<List<Placement>> of(NetworkLayout layout, Set<String> inOurOrder) {
        List<List<Placement>> all = new ArrayList<>();
        FeatureOrder order = FeatureOrder.SAME;
        for (LayerLayout layer : layout.layers()) {
            FeatureOrder own = order;
            all.add(layer.blocks().stream()
                    .sorted((a, b) -> a.kind().compareTo(b.kind()))
                    .map(block -> new Placement(layer, block, own))
                    .toList());
            if (layer.spec() instanceof Flatten flatten) {
                order = inOurOrder.contains(flatten.name()) ? order : FeatureOrder.flattened(layer.input());
            } else if (layer.spec() instanceof Dense) {
                order = FeatureOrder.SAME;
            }
        }
        return all;
    }
}
