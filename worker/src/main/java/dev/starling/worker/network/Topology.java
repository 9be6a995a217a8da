package dev.starling.worker.network;

import dev.starling.worker.Nearest;
import dev.starling.worker.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A network's layers in an order in which each comes after all that it reads: the order of the list as far as that is one, and else the first that can come.
 *
 * @param order each layer of the network once
 * @param sources per layer, places in {@code order} of what it reads; −1 is the network's input
 * @param ends places of the network's outputs
 */
record Topology(List<LayerSpec> order, List<List<Integer>> sources, List<Integer> ends) {
    private static final int INPUT = -1;

    /** Empty, and problems added, where layers cannot be joined so. */
    static Optional<Topology> of(NetworkSpec spec, Problems problems) {
        List<LayerSpec> layers = spec.layers();
        if (spec.wiring().isSequence()) {
            return Optional.of(sequence(layers));
        }
        int before = problems.found().size();
        Map<String, Integer> places = places(layers, problems);
        List<List<Integer>> sources = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            sources.add(sources(layers.get(i), spec.wiring().inputsOf(layers, i), places, problems));
        }
        List<Integer> ends = ends(spec, places, problems);
        int losses = spec.wiring().losses().size();
        if (losses > 0 && losses != ends.size()) {
            problems.add("Cannot build network: it has " + ends.size() + " outputs and " + losses
                    + " losses (expected one for all, or as many)");
        }
        if (problems.found().size() > before) {
            return Optional.empty();
        }
        checkReaders(layers, sources, ends, problems);
        List<Integer> order = order(layers, sources, problems);
        return problems.found().size() > before ? Optional.empty() : Optional.of(sorted(layers, sources, ends, order));
    }

    private static Topology sequence(List<LayerSpec> layers) {
        List<List<Integer>> sources = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            sources.add(List.of(i - 1));
        }
        return new Topology(layers, sources, List.of(layers.size() - 1));
    }

    private static Map<String, Integer> places(List<LayerSpec> layers, Problems problems) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < layers.size(); i++) {
            String name = layers.get(i).name();
            if (name.equals(Wiring.INPUT)) {
                problems.add(where(layers.get(i)) + ": its name is that of the network's input (expected another)");
            }
            places.put(name, i);
        }
        places.put(Wiring.INPUT, INPUT);
        return places;
    }

    private static List<Integer> sources(
            LayerSpec layer, List<String> names, Map<String, Integer> places, Problems problems) {
        List<Integer> sources = new ArrayList<>();
        for (String name : names) {
            Integer place = places.get(name);
            if (place == null) {
                problems.add(where(layer) + ": it reads " + name + ", and there is no such layer (did you mean "
                        + Nearest.of(name, places.keySet()) + "?)");
            } else if (sources.contains(place)) {
                problems.add(where(layer) + ": it reads " + name + " twice (expected each once)");
            } else {
                sources.add(place);
            }
        }
        if (layer.joins() && names.size() < 2) {
            problems.add(where(layer) + ": it reads " + names.size() + " layer (expected at least two inputs)");
        }
        if (!layer.joins() && names.size() > 1) {
            problems.add(where(layer) + ": it reads " + names.size()
                    + " layers (expected one: add or concatenate joins several)");
        }
        return sources;
    }

    private static List<Integer> ends(NetworkSpec spec, Map<String, Integer> places, Problems problems) {
        List<Integer> ends = new ArrayList<>();
        for (String name : spec.wiring().outputsOf(spec.layers())) {
            Integer place = places.get(name);
            if (place == null || place == INPUT) {
                problems.add("Cannot build network: its output " + name + " is no layer (did you mean "
                        + Nearest.of(name, places.keySet()) + "?)");
            } else if (ends.contains(place)) {
                problems.add("Cannot build network: its output " + name + " stands twice (expected each once)");
            } else {
                ends.add(place);
            }
        }
        return ends;
    }

    private static void checkReaders(
            List<LayerSpec> layers, List<List<Integer>> sources, List<Integer> ends, Problems problems) {
        Set<Integer> read = new HashSet<>();
        sources.forEach(read::addAll);
        for (int i = 0; i < layers.size(); i++) {
            if (!read.contains(i) && !ends.contains(i)) {
                problems.add(where(layers.get(i))
                        + ": nothing reads it (expected it among another layer's inputs, or in network.outputs)");
            }
            if (read.contains(i) && ends.contains(i)) {
                problems.add(where(layers.get(i))
                        + ": it is an output, and other layers read it (expected an output that nothing reads)");
            }
        }
    }

    private static List<Integer> order(List<LayerSpec> layers, List<List<Integer>> sources, Problems problems) {
        List<Integer> order = new ArrayList<>();
        Set<Integer> placed = new HashSet<>(Set.of(INPUT));
        boolean found = true;
        while (found && order.size() < layers.size()) {
            found = false;
            for (int i = 0; i < layers.size() && !found; i++) {
                if (!placed.contains(i) && placed.containsAll(sources.get(i))) {
                    order.add(i);
                    placed.add(i);
                    found = true;
                }
            }
        }
        if (!found) {
            problems.add("Cannot build network: layers read each other in a circle: " + circle(layers, sources, placed)
                    + " (expected none that reads what comes of itself)");
        }
        return order;
    }

    /** Goes back from a layer that could not be placed, always to one that could not either, until one comes again. */
    private static String circle(List<LayerSpec> layers, List<List<Integer>> sources, Set<Integer> placed) {
        int at = 0;
        while (placed.contains(at)) {
            at++;
        }
        List<Integer> path = new ArrayList<>();
        while (!path.contains(at)) {
            path.add(0, at);
            at = sources.get(at).stream()
                    .filter(source -> !placed.contains(source))
                    .findFirst()
                    .orElseThrow();
        }
        List<Integer> round = new ArrayList<>(List.of(at));
        round.addAll(path.subList(0, path.indexOf(at) + 1));
        return String.join(" → ", round.stream().map(i -> layers.get(i).name()).toList());
    }

    private static Topology sorted(
            List<LayerSpec> layers, List<List<Integer>> sources, List<Integer> ends, List<Integer> order) {
        List<List<Integer>> moved = new ArrayList<>();
        for (int i : order) {
            moved.add(sources.get(i).stream()
                    .map(s -> s == INPUT ? INPUT : order.indexOf(s))
                    .toList());
        }
        return new Topology(
                order.stream().map(layers::get).toList(),
                moved,
                ends.stream().map(order::indexOf).toList());
    }

    private static String where(LayerSpec layer) {
        return "Cannot build layer " + layer.name() + " (" + layer.type() + ")";
    }
}
