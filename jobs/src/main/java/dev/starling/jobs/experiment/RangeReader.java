package dev.starling.jobs.experiment;

import dev.starling.driver.selection.search.space.Choice;
import dev.starling.driver.selection.search.space.Dimension;
import dev.starling.driver.selection.search.space.Dimension.LogUniform;
import dev.starling.driver.selection.search.space.Dimension.Uniform;
import dev.starling.driver.selection.search.space.Dimension.Whole;
import dev.starling.driver.selection.search.space.Flaw;
import dev.starling.driver.selection.search.space.Parameter;
import dev.starling.jobs.experiment.tree.Range;
import dev.starling.jobs.experiment.tree.Section;
import dev.starling.jobs.experiment.tree.Template;
import dev.starling.jobs.experiment.tree.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads what a parameter of {@code sweep.space} may be: {@code {uniform: [0, 1]}} and the like. */
final class RangeReader {
    private static final List<String> KINDS = List.of("uniform", "logUniform", "integer", "choice");
    private static final String EXPECTED =
            "{uniform: [a, b]}, {logUniform: [a, b]}, {integer: [a, b]} or {choice: [a, b, …]}";
    private static final String BOUNDS = "[low, high]";

    private RangeReader() {}

    /** @param path of the parameter, as {@code --set} takes it */
    static Optional<Parameter> parameter(String path, Value value) {
        return dimension(path, value).map(dimension -> new Parameter(path, dimension));
    }

    private static boolean isRange(Set<String> keys) {
        return keys.stream().anyMatch(KINDS::contains);
    }

    private static Optional<Dimension> dimension(String path, Value value) {
        Optional<Section> section = value.isSection() ? value.section() : value.refuse(EXPECTED);
        if (section.isEmpty()) {
            return Optional.empty();
        }
        Section s = section.get();
        List<String> kinds = s.keys().stream().filter(KINDS::contains).toList();
        if (kinds.size() != 1) {
            s.abandon();
            return value.refuse(EXPECTED);
        }
        return switch (kinds.get(0)) {
            case "uniform" -> uniform(s, value);
            case "logUniform" ->
                numbers(s, "logUniform", v -> v.number(Range.ANY))
                        .flatMap(b -> checked(
                                value, LogUniform.flaw(b.get(0), b.get(1)), () -> new LogUniform(b.get(0), b.get(1))));
            case "integer" -> whole(s, value);
            default -> choice(path, s, value);
        };
    }

    private static Optional<Dimension> uniform(Section s, Value value) {
        Optional<Double> written = s.find("step").flatMap(v -> v.number(Range.POSITIVE));
        OptionalDouble step = written.isPresent() ? OptionalDouble.of(written.get()) : OptionalDouble.empty();
        return numbers(s, "uniform", v -> v.number(Range.ANY))
                .flatMap(b -> checked(
                        value, Uniform.flaw(b.get(0), b.get(1), step), () -> new Uniform(b.get(0), b.get(1), step)));
    }

    private static Optional<Dimension> whole(Section s, Value value) {
        long step = s.whole("step", 1, Range.COUNT);
        boolean log = s.flag("log", false);
        return numbers(s, "integer", v -> v.whole(Range.ANY))
                .flatMap(b -> checked(
                        value,
                        Whole.flaw(b.get(0), b.get(1), step, log),
                        () -> new Whole(b.get(0), b.get(1), step, log)));
    }

    private static <T> Optional<List<T>> numbers(Section s, String key, Function<Value, Optional<T>> read) {
        return s.find(key).flatMap(value -> value.items(BOUNDS).flatMap(items -> {
            List<T> numbers = new ArrayList<>();
            items.forEach(item -> read.apply(item).ifPresent(numbers::add));
            if (items.size() != 2) {
                return value.refuse(BOUNDS);
            }
            return numbers.size() == 2 ? Optional.of(numbers) : Optional.empty();
        }));
    }

    private static Optional<Dimension> choice(String path, Section s, Value value) {
        Optional<List<Value>> items = s.find("choice").flatMap(v -> v.items("a list of options"));
        if (items.isEmpty()) {
            return Optional.empty();
        }
        List<Template> templates =
                items.get().stream().map(i -> i.template(RangeReader::isRange)).toList();
        Set<String> names = new HashSet<>();
        Set<String> twice = new HashSet<>();
        templates.stream().map(Template::name).filter(name -> !names.add(name)).forEach(twice::add);
        List<Choice.Option> options = new ArrayList<>();
        for (Template template : templates) {
            // Options that begin alike are told by all of their text.
            String label = twice.contains(template.name()) ? template.text() : template.name();
            List<Parameter> inner = new ArrayList<>();
            template.holes().forEach(hole -> parameter(path + hole.suffix(), hole.value())
                    .ifPresent(inner::add));
            options.add(new Choice.Option(label, template.text(), inner));
        }
        return checked(value, Choice.flaw(options), () -> new Choice(options));
    }

    private static Optional<Dimension> checked(Value value, Optional<Flaw> flaw, Supplier<Dimension> dimension) {
        return flaw.isPresent()
                ? value.refuse(flaw.get().found(), flaw.get().expected())
                : Optional.of(dimension.get());
    }
}
