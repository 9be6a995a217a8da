package dev.starling.jobs.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.starling.driver.keras.KerasFile;
import dev.starling.driver.keras.KerasLayer;
import dev.starling.driver.keras.KerasModel;
import dev.starling.driver.keras.KerasParameters;
import dev.starling.jobs.experiment.Experiment;
import dev.starling.jobs.experiment.ExperimentParser;
import dev.starling.jobs.experiment.ExperimentText;
import dev.starling.worker.Problems;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A model of Keras as an experiment without data, and its parameters.
 *
 * @param parameters in DL4J's order
 */
public record KerasImport(Experiment experiment, NetworkSpec network, float[] parameters) {
    /**
     * Translates a file.
     *
     * @param name of the experiment
     * @param place the file, for messages
     * @throws dev.starling.worker.InvalidInput with every layer and option that cannot be expressed, or with what is wrong with the weights
     */
    public static KerasImport of(KerasFile file, String name, String place) {
        Problems problems = new Problems();
        Channels channels = Channels.of(file.model(), problems);
        Translation translation = new Translation(channels, problems);
        translation.translate(file.model());
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("name", name);
        ObjectNode network = root.putObject("network");
        ArrayNode input = network.putArray("input");
        InputSizes.of(file.model(), channels, place, problems).forEach(input::add);
        network.set("layers", translation.entries);
        root.putObject("training").put("loss", Losses.word(file.model(), translation.entries));
        problems.throwIfAny();
        Experiment experiment =
                ExperimentParser.stored(new ExperimentText(place, root.toString(), "/", List.of(), Map.of()));
        NetworkSpec spec = experiment.network(experiment.input().orElseThrow());
        NetworkLayout layout = NetworkLayout.of(spec);
        channels.requireLastAxes(layout, translation.origins);
        float[] parameters =
                KerasParameters.read(file, layout, translation.origins, channels.inOurOrder(translation.origins));
        return new KerasImport(experiment, spec, parameters);
    }

    /** Layer by layer: entries of the experiment file, and which layer of Keras each comes from. */
    private static final class Translation {
        private final Channels channels;
        private final Problems problems;
        private final ArrayNode entries = JsonNodeFactory.instance.arrayNode();
        private final Map<String, KerasLayer> origins = new HashMap<>();

        Translation(Channels channels, Problems problems) {
            this.channels = channels;
            this.problems = problems;
        }

        void translate(KerasModel model) {
            for (KerasLayer layer : Chain.of(model)) {
                if (!LayerWords.knows(layer.type())) {
                    problems.add("Cannot import " + layer.place() + ": no such layer in Starling (expected one of "
                            + LayerWords.names() + ")");
                    continue;
                }
                String name = unique(layer.name());
                ObjectNode entry = LayerWords.of(layer.type(), new Options(layer, model.version(), channels, problems));
                JsonNode keys = entry.elements().next();
                ((ObjectNode) keys).put("name", name);
                entries.add(entry);
                origins.put(name, layer);
            }
        }

        /** Of letters, digits, - and _. */
        private String unique(String keras) {
            String plain = keras.replaceAll("[^A-Za-z0-9_-]", "_");
            String base = plain.matches("[A-Za-z].*") ? plain : "layer_" + plain;
            String name = base;
            for (int i = 2; origins.containsKey(name); i++) {
                name = base + "_" + i;
            }
            return name;
        }
    }
}
