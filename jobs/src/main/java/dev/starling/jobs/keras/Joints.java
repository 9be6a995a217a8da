package dev.starling.jobs.keras;

import dev.starling.driver.keras.KerasLayer;
import dev.starling.driver.keras.KerasModel;
import dev.starling.worker.Problems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How the layers of a model are joined, as far as Starling can say it.
 *
 * @param input the layer through which examples come in, or the first that reads them
 * @param layers all but layers that only stand for the input, each behind all that it reads
 */
record Joints(KerasLayer input, List<KerasLayer> layers) {
    private static final String INPUT = "InputLayer";

    /** @param problems get every layer that is joined as Starling cannot say */
    static Joints of(KerasModel model, Problems problems) {
        Map<String, KerasLayer> byName = new TreeMap<>();
        model.layers().forEach(layer -> byName.put(layer.name(), layer));
        List<KerasLayer> first = model.layers().stream()
                .filter(layer -> layer.inputs().isEmpty())
                .toList();
        first.stream()
                .skip(1)
                .forEach(layer -> problems.add(problem(
                        layer, "another input beside " + first.get(0).name(), "one: a network here has one input")));
        for (KerasLayer layer : model.layers()) {
            check(layer, byName, problems);
        }
        checkOutputs(model, byName, problems);
        List<KerasLayer> ordered = ordered(model, problems);
        List<KerasLayer> layers =
                ordered.stream().filter(layer -> !layer.type().equals(INPUT)).toList();
        return new Joints(first.isEmpty() ? model.layers().get(0) : first.get(0), layers);
    }

    private static void check(KerasLayer layer, Map<String, KerasLayer> byName, Problems problems) {
        Set<String> read = new HashSet<>();
        for (String input : layer.inputs()) {
            if (!byName.containsKey(input)) {
                problems.add(problem(layer, "it reads " + input, "a layer of the model"));
            }
            if (!read.add(input)) {
                problems.add(problem(layer, "it reads " + input + " twice", "each once"));
            }
        }
        if (layer.inputs().size() > 1 && !LayerWords.joins(layer.type()) && LayerWords.knows(layer.type())) {
            problems.add(problem(layer, "it reads " + layer.inputs(), "one layer"));
        }
        if (layer.inputs().size() == 1 && LayerWords.joins(layer.type())) {
            problems.add(problem(layer, "it reads " + layer.inputs() + " alone", "at least two layers"));
        }
    }

    private static void checkOutputs(KerasModel model, Map<String, KerasLayer> byName, Problems problems) {
        Set<String> given = new HashSet<>();
        for (String output : model.outputs()) {
            KerasLayer layer = byName.get(output);
            if (layer == null || layer.type().equals(INPUT)) {
                problems.add("Cannot import the model: its output is " + output
                        + " (expected that of one of its layers, which are " + byName.keySet() + ")");
                continue;
            }
            if (!given.add(output)) {
                problems.add(problem(layer, "the model gives it twice", "each output once"));
            }
            model.layers().stream()
                    .filter(reader -> reader.inputs().contains(output))
                    .findFirst()
                    .ifPresent(reader -> problems.add(problem(
                            layer,
                            "the model gives it, and layer " + reader.name() + " reads it",
                            "an output that no layer reads")));
        }
        if (given.isEmpty() && problems.isEmpty()) {
            problems.add("Cannot import the model: it says no outputs (expected at least one)");
        }
    }

    private static List<KerasLayer> ordered(KerasModel model, Problems problems) {
        List<KerasLayer> ordered = new ArrayList<>();
        List<KerasLayer> left = new ArrayList<>(model.layers());
        Set<String> placed = new HashSet<>();
        boolean found = true;
        while (found && !left.isEmpty()) {
            found = false;
            for (KerasLayer layer : List.copyOf(left)) {
                if (placed.containsAll(layer.inputs())) {
                    ordered.add(layer);
                    placed.add(layer.name());
                    left.remove(layer);
                    found = true;
                    break;
                }
            }
        }
        if (!left.isEmpty() && problems.isEmpty()) {
            problems.add(problem(left.get(0), "what it reads comes of itself", "layers without a circle"));
        }
        return ordered;
    }

    private static String problem(KerasLayer layer, String found, String expected) {
        return "Cannot import " + layer.place() + ": " + found + " (expected " + expected + ")";
    }
}
