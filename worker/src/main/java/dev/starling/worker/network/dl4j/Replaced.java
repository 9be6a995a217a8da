package dev.starling.worker.network.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.impl.LayerVertex;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Layers of a DL4J network that trains, replaced by such that do something of their own. */
final class Replaced {
    private Replaced() {}

    /** @return the new layers of this name */
    static <L extends Layer> List<L> layers(Model network, String name, Function<Layer, L> replacement) {
        List<L> replaced = new ArrayList<>();
        Layer[] layers = network instanceof ComputationGraph graph
                ? graph.getLayers()
                : ((MultiLayerNetwork) network).getLayers();
        for (int i = 0; i < layers.length; i++) {
            if (layers[i].conf().getLayer().getLayerName().equals(name)) {
                L layer = replacement.apply(layers[i]);
                layers[i] = layer;
                if (network instanceof ComputationGraph graph) {
                    ((LayerVertex) graph.getVertex(name)).setLayer(layer);
                }
                replaced.add(layer);
            }
        }
        return replaced;
    }
}
