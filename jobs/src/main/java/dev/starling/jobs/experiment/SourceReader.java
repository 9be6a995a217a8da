package dev.starling.jobs.experiment;

import dev.starling.driver.data.SourceSpec;
import dev.starling.driver.data.SourceSpec.Features;
import dev.starling.driver.data.SourceSpec.Missing;
import dev.starling.driver.data.SourceSpec.Policy;
import dev.starling.jobs.experiment.tree.Choices;
import dev.starling.jobs.experiment.tree.Section;
import dev.starling.jobs.experiment.tree.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Reads a source of rows: {@code data.train}, and {@code data.test} and {@code data.validation} where they are sources of their own.
 *
 * @param directory what paths are relative to
 * @param targetIsInput so that sources need no target
 */
record SourceReader(Folder directory, boolean targetIsInput) {
    /** Stands for a source with problems, until they are thrown. */
    static final SourceSpec UNREADABLE = new SourceSpec.Idx("", "");

    private static final Choices<BiFunction<SourceReader, Section, SourceSpec>> FORMATS =
            Choices.<BiFunction<SourceReader, Section, SourceSpec>>none()
                    .word("csv", SourceReader::csv)
                    .word("idx", SourceReader::idx);
    private static final Choices<Policy> POLICIES = Choices.<Policy>none()
            .word("error", Policy.ERROR)
            .word("drop", Policy.DROP)
            .word("mean", Policy.MEAN);
    private static final String COLUMN_NUMBER = "-?[0-9]+";

    Optional<SourceSpec> read(Value value) {
        return value.section().flatMap(section -> {
            Optional<SourceSpec> source = section.choice("format", FORMATS).map(format -> format.apply(this, section));
            if (source.isEmpty()) {
                section.abandon();
            }
            return source;
        });
    }

    private SourceSpec idx(Section section) {
        return new SourceSpec.Idx(
                path(section, "features"), targetIsInput ? find(section, "labels") : path(section, "labels"));
    }

    private SourceSpec csv(Section section) {
        String path = path(section, "path");
        boolean header = section.flag("header", true);
        String delimiter = section.find("delimiter", "','")
                .text("one character, \\t or whitespace", SourceReader::delimiter)
                .orElse(",");
        char quote = section.find("quote", "'\"'")
                .text("one character", text -> Optional.of(text).filter(t -> t.length() == 1))
                .orElse("\"")
                .charAt(0);
        if (delimiter.equals(String.valueOf(quote))) {
            section.refuse("quote", delimiter, "another character than the delimiter");
        }
        boolean multiline = section.flag("multiline", false);
        List<String> target = targetIsInput
                ? section.texts("target", List.of())
                : section.require("target", "a column, or a list of them")
                        .flatMap(Value::texts)
                        .orElse(List.of());
        Optional<List<String>> only = section.find("features").flatMap(Value::texts);
        Optional<List<String>> drop = section.find("drop").flatMap(Value::texts);
        List<String> categorical = section.texts("categorical", List.of());
        Section missing = section.section("missing");
        Missing absent = new Missing(missing.texts("values", List.of("")), missing.choice("policy", "error", POLICIES));
        if (only.isPresent() && drop.isPresent()) {
            section.refuse("drop", "beside features", "features or drop, not both");
        }
        checkColumns(section, "target", target, header, List.of());
        checkColumns(section, "features", only.orElse(List.of()), header, target);
        checkColumns(section, "drop", drop.orElse(List.of()), header, target);
        checkColumns(section, "categorical", categorical, header, target);
        return new SourceSpec.Csv(
                path, header, delimiter, quote, multiline, target, features(only, drop), categorical, absent);
    }

    private static Features features(Optional<List<String>> only, Optional<List<String>> drop) {
        return only.<Features>map(Features.Only::new)
                .or(() -> drop.map(Features.Drop::new))
                .orElseGet(Features.All::new);
    }

    /** Finds columns that cannot be meant: no numbers where there is no header, named twice, or the target among the others. */
    private static void checkColumns(
            Section section, String key, List<String> columns, boolean header, List<String> target) {
        Set<String> seen = new HashSet<>();
        for (String column : columns) {
            if (!seen.add(column)) {
                section.refuse(key, column + " twice", "each column once");
            } else if (!header && !column.matches(COLUMN_NUMBER)) {
                section.refuse(key, column, "column numbers from 0, -1 the last, as there is no header");
            } else if (target.contains(column)) {
                section.refuse(key, column + ", which is the target", "other columns");
            }
        }
    }

    private static Optional<String> delimiter(String text) {
        String delimiter = text.equals("\\t") ? "\t" : text;
        boolean valid = delimiter.equals("whitespace") || delimiter.length() == 1;
        return Optional.of(delimiter).filter(d -> valid);
    }

    private String path(Section section, String key) {
        section.require(key, "a path");
        return find(section, key);
    }

    private String find(Section section, String key) {
        return section.find(key)
                .flatMap(v -> v.text(
                        "a path", path -> Optional.of(directory.resolve(path)).filter(p -> !path.isEmpty())))
                .orElse("");
    }
}
