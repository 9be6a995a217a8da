package dev.starling.jobs.experiment;

import dev.starling.jobs.experiment.tree.Section;
import dev.starling.jobs.experiment.tree.Value;
import dev.starling.worker.network.LayerSpec;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A layer as read, before names are given.
 *
 * @param kind what default names begin with, as Keras: {@code max_pooling2d}
 * @param name the file's
 * @param inputs names of the layers that it reads, if the file says them
 * @param trainable whether it learns
 * @param spec the layer under a name
 */
record LayerDraft(
        Section section,
        String kind,
        Optional<String> name,
        Optional<List<String>> inputs,
        boolean trainable,
        Function<String, LayerSpec> spec) {
    private static final String NAME = "[A-Za-z][A-Za-z0-9_-]*";

    static LayerDraft of(Section section, String kind, Function<String, LayerSpec> spec) {
        return of(section, kind, section.find("inputs").flatMap(Value::texts), spec);
    }

    /** A layer that reads several others. */
    static LayerDraft joining(Section section, String kind, Function<String, LayerSpec> spec) {
        return of(section, kind, section.require("inputs", "a list of layers").flatMap(Value::texts), spec);
    }

    private static LayerDraft of(
            Section section, String kind, Optional<List<String>> inputs, Function<String, LayerSpec> spec) {
        Optional<String> name = section.find("name")
                .flatMap(v -> v.text("a letter, then letters, digits, - and _", text -> Optional.of(text)
                        .filter(t -> t.matches(NAME))));
        return new LayerDraft(section, kind, name, inputs, section.flag("trainable", true), spec);
    }

    LayerSpec named(String given) {
        return spec.apply(given);
    }
}
