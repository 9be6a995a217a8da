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
import dev.starling.worker.network.Wiring;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A model of Keras as an experiment without data, and its parameters.
 *
 * @param parameters in DL4J's order
 * @param notes what of the model is otherwise here, in a line each
 */
public record KerasImport(Experiment experiment, NetworkSpec network, float[] parameters, List<String> notes) {
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
        Joints joints = Joints.of(file.model(), problems);
        Translation translation = new Translation(file.model(), channels, problems);
        joints.layers().forEach(translation::translate);
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("name", name);
        ObjectNode network = root.putObject("network");
        ArrayNode input = network.putArray("input");
        InputSizes.of(file.model(), joints.input(), channels, place, problems).forEach(input::add);
        network.set("layers", translation.entries);
        problems.throwIfAny();
        translation.outputs().forEach(network.putArray("outputs")::add);
        List<String> notes = new ArrayList<>();
        Losses.put(root.putObject("training"), file.model(), translation.ends(), notes);
        Experiment experiment =
                ExperimentParser.stored(new ExperimentText(place, root.toString(), "/", List.of(), Map.of()));
        NetworkSpec spec = experiment.network(experiment.input().orElseThrow());
        NetworkLayout layout = NetworkLayout.of(spec);
        channels.requireLastAxes(layout, translation.origins);
        float[] parameters =
                KerasParameters.read(file, layout, translation.origins, channels.inOurOrder(translation.origins));
        return new KerasImport(experiment, spec, parameters, notes);
    }

    /** Layer by layer: entries of the experiment file, and which layer of Keras each comes from. */
    private static final class Translation {
        private final KerasModel model;
        private final Channels channels;
        private final Problems problems;
        private final ArrayNode entries = JsonNodeFactory.instance.arrayNode();
        private final Map<String, KerasLayer> origins = new HashMap<>();
        /** By names in the file; those that only stand for the input are not among them. */
        private final Map<String, String> names = new HashMap<>();

        private final Map<String, JsonNode> keys = new HashMap<>();

        Translation(KerasModel model, Channels channels, Problems problems) {
            this.model = model;
            this.channels = channels;
            this.problems = problems;
        }

        void translate(KerasLayer layer) {
            if (!LayerWords.knows(layer.type())) {
                boolean nested = Set.of("Functional", "Model", "Sequential").contains(layer.type());
                problems.add("Cannot import " + layer.place() + ": "
                        + (nested
                                ? "a model inside the model (expected its layers in the model itself)"
                                : "no such layer in Starling (expected one of " + LayerWords.names() + ")"));
                return;
            }
            String name = unique(layer.name());
            ObjectNode entry = LayerWords.of(layer.type(), new Options(layer, model.version(), channels, problems));
            ObjectNode said = (ObjectNode) entry.elements().next();
            said.put("name", name);
            ArrayNode inputs = said.putArray("inputs");
            layer.inputs().forEach(input -> inputs.add(names.getOrDefault(input, Wiring.INPUT)));
            if (inputs.isEmpty()) {
                inputs.add(Wiring.INPUT);
            }
            entries.add(entry);
            origins.put(name, layer);
            names.put(layer.name(), name);
            keys.put(layer.name(), said);
        }

        List<String> outputs() {
            return model.outputs().stream().map(names::get).toList();
        }

        List<Losses.Last> ends() {
            return model.outputs().stream()
                    .map(name -> new Losses.Last(name, keys.get(name)))
                    .toList();
        }

        /** Of letters, digits, - and _, and not the network's input. */
        private String unique(String keras) {
            String plain = keras.replaceAll("[^A-Za-z0-9_-]", "_");
            String base = plain.matches("[A-Za-z].*") ? plain : "layer_" + plain;
            String name = base;
            for (int i = 2; origins.containsKey(name) || name.equals(Wiring.INPUT); i++) {
                name = base + "_" + i;
            }
            return name;
        }
    }
}
