package dev.starling.jobs.experiment;

import dev.starling.jobs.experiment.tree.Section;
import dev.starling.worker.network.LayerSpec;
import java.util.Optional;
import java.util.function.Function;

/**
 * A layer as read, before names are given.
 *
 * @param kind what default names begin with, as Keras: {@code max_pooling2d}
 * @param name the file's
 * @param spec the layer under a name
 */
record LayerDraft(Section section, String kind, Optional<String> name, Function<String, LayerSpec> spec) {
    private static final String NAME = "[A-Za-z][A-Za-z0-9_-]*";

    static LayerDraft of(Section section, String kind, Function<String, LayerSpec> spec) {
        section.notYet("inputs");
        Optional<String> name = section.find("name")
                .flatMap(v -> v.text("a letter, then letters, digits, - and _", text -> Optional.of(text)
                        .filter(t -> t.matches(NAME))));
        return new LayerDraft(section, kind, name, spec);
    }

    LayerSpec named(String given) {
        return spec.apply(given);
    }
}
