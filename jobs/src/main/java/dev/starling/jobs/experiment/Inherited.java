package dev.starling.jobs.experiment;

import dev.starling.jobs.experiment.tree.Section;
import dev.starling.jobs.experiment.tree.Value;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.network.Heritage;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.NetworkLayout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a network has from another one: the keys {@code from}, {@code upTo} and {@code freeze}.
 *
 * @param layers in their order, with their names; they come before the network's own
 * @param freeze whether they do not learn
 */
record Inherited(Origin origin, List<LayerSpec> layers, boolean freeze) {
    private static final String EXPECTED = " (expected ";

    /** Empty where the section says nothing of it, or something wrong. */
    static Optional<Inherited> read(Section section, Origins origins, String folder) {
        Optional<Value> from = section.find("from");
        Optional<String> upTo = section.find("upTo").flatMap(Value::text);
        boolean freeze = section.flag("freeze", false);
        if (from.isEmpty()) {
            upTo.ifPresent(name -> section.refuse("upTo", name + " without network.from", "a run to begin from"));
            return Optional.empty();
        }
        return open(section, from.get(), origins, folder)
                .map(origin -> new Inherited(origin, layers(section, origin, upTo), freeze));
    }

    private static Optional<Origin> open(Section section, Value from, Origins origins, String folder) {
        List<Origin> found = new ArrayList<>();
        from.text("a run", text -> {
            try {
                found.add(origins.open(text, folder));
                return Optional.of(found.get(0).location());
            } catch (InvalidInput e) {
                e.problems().forEach(problem -> refuse(section, problem));
                return Optional.of(text);
            }
        });
        return found.stream().findFirst();
    }

    private static void refuse(Section section, String problem) {
        int at = problem.lastIndexOf(EXPECTED);
        boolean told = at >= 0 && problem.endsWith(")");
        section.refuse(
                "from",
                told ? problem.substring(0, at) : problem,
                told ? problem.substring(at + EXPECTED.length(), problem.length() - 1) : "a stored model");
    }

    private static List<LayerSpec> layers(Section section, Origin origin, Optional<String> upTo) {
        List<LayerSpec> all = origin.network().layers();
        if (upTo.isEmpty()) {
            return all;
        }
        List<String> names = all.stream().map(LayerSpec::name).toList();
        int last = names.indexOf(upTo.get());
        if (last < 0) {
            section.refuse("upTo", upTo.get(), "a layer of " + origin.location() + ": " + String.join(", ", names));
        }
        return all.subList(0, last + 1);
    }

    /** What its layers read, where that is not the layer before. */
    Map<String, List<String>> inputs() {
        Set<String> names = layers.stream().map(LayerSpec::name).collect(Collectors.toSet());
        Map<String, List<String>> inputs =
                new TreeMap<>(origin.network().wiring().inputs());
        inputs.keySet().retainAll(names);
        return inputs;
    }

    Heritage heritage(Set<String> ownFrozen) {
        List<String> names = layers.stream().map(LayerSpec::name).toList();
        Set<String> frozen = new HashSet<>(ownFrozen);
        if (freeze) {
            frozen.addAll(names);
        }
        return new Heritage(frozen, origin.location(), Heritage.partsOf(NetworkLayout.of(origin.network()), names));
    }

    static Set<String> names(Optional<Inherited> inherited) {
        return inherited.stream()
                .flatMap(i -> i.layers().stream())
                .map(LayerSpec::name)
                .collect(Collectors.toCollection(HashSet::new));
    }
}
