package dev.starling.driver.keras;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The order in which Keras 2 and 3 list the layers of a model that is no sequence, and by which their newer files of weights number them: the farther from an output the earlier; among equals, as a walk from the outputs
 * back meets them.
 */
final class KerasOrder {
    private final List<List<Integer>> sources;
    /** By layer, when the walk came to it. */
    private final Map<Integer, Integer> met = new HashMap<>();
    /** Each behind all that it reads. */
    private final List<Integer> left = new ArrayList<>();

    private KerasOrder(List<List<Integer>> sources) {
        this.sources = sources;
    }

    /**
     * All layers that lead to an output.
     *
     * @param sources of each layer, places of what it reads; below 0 is no layer
     * @param ends places of the outputs, in order
     */
    static List<Integer> of(List<List<Integer>> sources, List<Integer> ends) {
        KerasOrder walk = new KerasOrder(sources);
        ends.forEach(walk::visit);
        int[] depths = new int[sources.size()];
        for (int i = walk.left.size() - 1; i >= 0; i--) {
            int layer = walk.left.get(i);
            for (int source : sources.get(layer)) {
                if (source >= 0) {
                    depths[source] = Math.max(depths[source], depths[layer] + 1);
                }
            }
        }
        List<Integer> order = new ArrayList<>(walk.left);
        order.sort(Comparator.comparingInt((Integer layer) -> -depths[layer]).thenComparing(walk.met::get));
        return order;
    }

    private void visit(int layer) {
        if (layer < 0 || met.containsKey(layer)) {
            return;
        }
        met.put(layer, met.size());
        sources.get(layer).forEach(this::visit);
        left.add(layer);
    }
}
