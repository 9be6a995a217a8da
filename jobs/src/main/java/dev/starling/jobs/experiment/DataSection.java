package dev.starling.jobs.experiment;

import dev.starling.driver.data.DataSpec;
import dev.starling.driver.data.DataSpec.HeldOut;
import dev.starling.driver.data.EmbeddingSpec;
import dev.starling.driver.data.SourceSpec;
import dev.starling.jobs.experiment.tree.Choices;
import dev.starling.jobs.experiment.tree.Range;
import dev.starling.jobs.experiment.tree.Reading;
import dev.starling.jobs.experiment.tree.Section;
import dev.starling.jobs.experiment.tree.Value;
import dev.starling.worker.data.Scale;
import dev.starling.worker.pseudolabels.PseudoLabelSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code data}. */
final class DataSection {
    private static final Choices<Scale> SCALES = Choices.<Scale>none()
            .word("none", new Scale.None())
            .word("standardize", new Scale.Standardize())
            .word("minMax", new Scale.MinMax())
            .field("divideBy", v -> v.number(new Range(", not 0", x -> x != 0)).map(Scale.DivideBy::new));

    private static final String PRODUCTS = "a list of lists of inputs, such as [[x1, x2], [x1, x1]]";

    private DataSection() {}

    static DataSpec read(Section section, Reading reading, Folder file, Optional<Inherited> inherited, long seed) {
        Optional<String> description = section.find("source").flatMap(Value::text);
        description.ifPresent(text -> reading.explainUnset("data.source: " + text));
        Folder directory = section.find("directory", "'.'")
                .text("a folder", path -> Optional.of(file.resolve(path)))
                .map(Folder::new)
                .orElse(file);
        boolean targetIsInput = section.flag("targetIsInput", false);
        SourceReader sources = new SourceReader(directory, targetIsInput);
        SourceSpec train = section.require("train", "a source, such as {format: csv, path: a.csv, target: class}")
                .flatMap(sources::read)
                .orElse(SourceReader.UNREADABLE);
        return new DataSpec(
                description,
                train,
                section.find("test").flatMap(v -> heldOut(v, sources)),
                section.find("validation").flatMap(v -> heldOut(v, sources)),
                scale(section, inherited),
                section.choice("targetScale", "none", SCALES),
                targetIsInput,
                section.find("unlabelled").flatMap(v -> new SourceReader(directory, true).read(v)),
                products(section),
                section.find("classEmbeddings").flatMap(Value::section).map(s -> embeddings(s, directory)),
                section.find("pseudoLabels").flatMap(Value::section).map(s -> pseudoLabels(s, seed)));
    }

    private static EmbeddingSpec embeddings(Section section, Folder directory) {
        String path = section.require("path", "a path")
                .flatMap(v -> v.text(
                        "a path", text -> Optional.of(directory.resolve(text)).filter(p -> !text.isEmpty())))
                .orElse("");
        return new EmbeddingSpec(path, section.texts("unseen", List.of()));
    }

    private static PseudoLabelSpec pseudoLabels(Section section, long seed) {
        int clusters = section.integer("clusters", Range.atLeast(2));
        int labelled =
                section.find("labelled").flatMap(v -> v.integer(Range.COUNT)).orElse(0);
        double nearest = section.number("nearest", 1, Range.SHARE);
        return new PseudoLabelSpec(clusters, labelled, nearest, section.integer("iterations", 100, Range.COUNT), seed);
    }

    private static List<List<String>> products(Section section) {
        List<List<String>> products = new ArrayList<>();
        for (Value item : section.find("products", "[]").items(PRODUCTS).orElse(List.of())) {
            List<String> factors = item.texts().orElse(List.of());
            if (factors.size() < 2) {
                item.refuse(factors.size() + " factors", "two at least, such as [x1, x2]");
            }
            products.add(factors);
        }
        return products;
    }

    /** A model that is begun from has learned on inputs of its own scale, which so is the default, and the only one. */
    private static Scale scale(Section section, Optional<Inherited> inherited) {
        Optional<Scale> given = inherited.flatMap(i -> i.origin().scale());
        Scale scale = section.choice("scale", given.map(DataSection::yaml).orElse("none"), SCALES);
        if (given.isPresent() && !given.get().equals(scale)) {
            section.refuse("scale", yaml(scale), yaml(given.get()) + ", as the model that it begins from");
        }
        return scale;
    }

    private static String yaml(Scale scale) {
        if (scale instanceof Scale.DivideBy by) {
            return "{divideBy: " + by.divisor() + "}";
        }
        return scale instanceof Scale.None ? "none" : scale instanceof Scale.Standardize ? "standardize" : "minMax";
    }

    private static Optional<HeldOut> heldOut(Value value, SourceReader sources) {
        return value.isSection()
                ? sources.read(value).map(HeldOut.Source::new)
                : value.number(Range.FRACTION).map(HeldOut.Fraction::new);
    }
}
