package dev.starling.jobs.experiment;

import dev.starling.jobs.experiment.tree.Range;
import dev.starling.jobs.experiment.tree.Section;
import dev.starling.jobs.experiment.tree.Value;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.Shape;
import dev.starling.worker.network.Wiring;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code network}. */
final class NetworkSection {
    static final String SHAPE = "[n], [length, channels] or [height, width, channels], at most 2147483647 values";

    private NetworkSection() {}

    /** The shape of the input, which that of another network's input is. */
    static Optional<Shape> input(Section section, Optional<Inherited> inherited) {
        Optional<Shape> written = input(section);
        Optional<Shape> given = inherited.map(i -> i.origin().network().input());
        if (written.isPresent() && given.isPresent() && !written.equals(given)) {
            section.refuse(
                    "input",
                    written.get().dimensions().toString(),
                    given.get().dimensions() + ", as the model that it begins from");
        }
        return given.or(() -> written);
    }

    private static Optional<Shape> input(Section section) {
        return section.find("input").flatMap(NetworkSection::shape);
    }

    static Optional<Shape> shape(Value value) {
        return value.items(SHAPE).flatMap(items -> {
            List<Integer> sizes = new ArrayList<>();
            items.forEach(item -> item.integer(Range.COUNT).ifPresent(sizes::add));
            if (sizes.size() < items.size()) {
                return Optional.empty();
            }
            double values = sizes.stream().mapToDouble(Integer::doubleValue).reduce(1, (a, b) -> a * b);
            boolean fits = !sizes.isEmpty() && sizes.size() <= 3 && values <= Integer.MAX_VALUE;
            return fits ? Optional.of(Shape.of(sizes)) : value.refuse(SHAPE);
        });
    }

    /**
     * What is said of the layers.
     *
     * @param list in order, those of another network first and those of {@code repeat} in their place, each with a name
     * @param frozen names of those of the section itself that do not learn
     */
    record Layers(List<LayerSpec> list, Wiring wiring, Set<String> frozen) {
        /** @param losses one for all outputs, or one for each */
        Layers with(List<Loss> losses) {
            return losses.size() > 1 ? new Layers(list, wiring.with(losses), frozen) : this;
        }
    }

    static Layers layers(Section section, Optional<Inherited> inherited) {
        Optional<Value> written =
                section.has("from") ? section.find("layers") : section.require("layers", "a list of layers");
        List<LayerDraft> drafts = written.map(LayerChoices::list).orElse(List.of());
        List<String> outputs = section.find("outputs").flatMap(Value::texts).orElse(List.of());
        Set<String> taken = Inherited.names(inherited);
        for (LayerDraft draft : drafts) {
            draft.name().filter(name -> !taken.add(name)).ifPresent(name -> draft.section()
                    .refuse("name", name + " twice", "another name for each layer"));
        }
        Map<String, Integer> counts = new HashMap<>();
        List<LayerSpec> layers =
                new ArrayList<>(inherited.map(Inherited::layers).orElse(List.of()));
        Map<String, List<String>> inputs =
                new HashMap<>(inherited.map(Inherited::inputs).orElse(Map.of()));
        Set<String> frozen = new HashSet<>();
        String above =
                layers.isEmpty() ? Wiring.INPUT : layers.get(layers.size() - 1).name();
        for (LayerDraft draft : drafts) {
            LayerSpec layer = draft.named(draft.name().orElseGet(() -> unique(draft.kind(), counts, taken)));
            layers.add(layer);
            if (!draft.trainable()) {
                frozen.add(layer.name());
            }
            // What only says what is so anyway leaves the network a sequence.
            List<String> anyway = List.of(above);
            draft.inputs().filter(said -> !said.equals(anyway)).ifPresent(said -> inputs.put(layer.name(), said));
            above = layer.name();
        }
        return new Layers(layers, Wiring.of(inputs, outputs.equals(List.of(above)) ? List.of() : outputs), frozen);
    }

    /** {@code dense_1}, {@code dense_2}, …, but none that the file gives itself. */
    private static String unique(String kind, Map<String, Integer> counts, Set<String> taken) {
        String name;
        do {
            name = kind + "_" + counts.merge(kind, 1, Integer::sum);
        } while (taken.contains(name));
        return name;
    }
}
