package dev.starling.jobs.experiment.tree;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What a value may be where it is one of several: a word ({@code relu}), a name with a section of settings ({@code {sgd: {learningRate: 0.1}}}, or {@code sgd}
 * alone), a name with one value ({@code {divideBy: 255}}), or something else that is neither. Immutable; each method gives a larger one.
 *
 * @param <T> what every option makes
 */
public final class Choices<T> {
    private static final Pattern NUMBER = Pattern.compile("[-+.]?[0-9].*");

    private sealed interface Option<T> {}

    private record Word<T>(T value) implements Option<T> {}

    private record Body<T>(Optional<String> firstKey, Function<Section, T> read) implements Option<T> {}

    private record Field<T>(Function<Value, Optional<T>> read) implements Option<T> {}

    private record Later<T>() implements Option<T> {}

    /** Neither a word nor a name: a number, say. */
    private record Bare<T>(String expected, Function<Value, Optional<T>> read) {}

    private final Map<String, Option<T>> options;
    private final Optional<Bare<T>> bare;

    private Choices(Map<String, Option<T>> options, Optional<Bare<T>> bare) {
        this.options = options;
        this.bare = bare;
    }

    public static <T> Choices<T> none() {
        return new Choices<>(Map.of(), Optional.empty());
    }

    public Choices<T> word(String name, T value) {
        return with(name, new Word<>(value));
    }

    public Choices<T> section(String name, Function<Section, T> read) {
        return with(name, new Body<>(Optional.empty(), read));
    }

    /**
     * A name with settings, or with a bare value.
     *
     * @param firstKey the key that a bare value stands for: {@code dense: 64} is {@code dense: {units: 64}}
     */
    public Choices<T> section(String name, String firstKey, Function<Section, T> read) {
        return with(name, new Body<>(Optional.of(firstKey), read));
    }

    public Choices<T> field(String name, Function<Value, Optional<T>> read) {
        return with(name, new Field<>(read));
    }

    /** Words and names of the contract that a later version reads. */
    public Choices<T> notYet(String... names) {
        Choices<T> more = this;
        for (String name : names) {
            more = more.with(name, new Later<>());
        }
        return more;
    }

    /**
     * A number without a name.
     *
     * @param read gets what looks like a number, and what is no single value
     */
    public Choices<T> otherwise(String expected, Function<Value, Optional<T>> read) {
        return new Choices<>(options, Optional.of(new Bare<>(expected, read)));
    }

    /** The key that a bare value under this name stands for. */
    public Optional<String> firstKey(String name) {
        return options.get(name) instanceof Body<T> body ? body.firstKey() : Optional.empty();
    }

    String expected() {
        List<String> expected = new ArrayList<>();
        bare.ifPresent(b -> expected.add(b.expected()));
        options.forEach((name, option) -> {
            if (!(option instanceof Later<T>)) {
                expected.add(option instanceof Field<T> ? "{" + name + ": …}" : name);
            }
        });
        return expected.size() == 1 ? expected.get(0) : "one of " + String.join(", ", expected);
    }

    /** Reads a value as one of the options. */
    public Optional<T> read(Value value) {
        options.forEach((name, option) -> {
            if (option instanceof Body<T> || option instanceof Field<T>) {
                value.reading().know(Reading.join(value.path(), name));
            }
        });
        return value.present().flatMap(node -> {
            if (node instanceof Node.Mapping mapping) {
                return named(value, mapping);
            }
            boolean word = node instanceof Node.Scalar s && !s.isNothing() && options.containsKey(s.text());
            if (node instanceof Node.Scalar s && bare.isPresent() && !word && !s.isNothing() && !isNumber(s)) {
                return unknown(value, s, s.text(), options.get(s.text()));
            }
            if (bare.isPresent() && !word && !(node instanceof Node.Scalar s && s.isNothing())) {
                return bare.get().read().apply(value);
            }
            return node instanceof Node.Scalar s && !s.isNothing() ? plain(value, s) : value.problem(node, expected());
        });
    }

    private static boolean isNumber(Node.Scalar scalar) {
        return scalar.plain() && NUMBER.matcher(scalar.text()).matches();
    }

    private Optional<T> plain(Value value, Node.Scalar scalar) {
        String name = scalar.text();
        Option<T> option = options.get(name);
        if (option instanceof Word<T> word) {
            value.resolved().accept(name);
            return Optional.of(word.value());
        }
        if (option instanceof Body<T> body) {
            return Optional.of(body.read().apply(body(value, name, Node.Mapping.empty(scalar.place()))));
        }
        return unknown(value, scalar, name, option);
    }

    private Optional<T> named(Value value, Node.Mapping mapping) {
        if (mapping.entries().size() != 1) {
            return value.problem(mapping, expected());
        }
        String name = mapping.entries().keySet().iterator().next();
        Node.Entry entry = mapping.entries().get(name);
        Option<T> option = options.get(name);
        Node.Scalar key = new Node.Scalar(entry.place(), name, true);
        if (option instanceof Field<T> field) {
            value.reading().written(Reading.join(value.path(), name), entry.place());
            Map<String, Object> outer = Value.within(value.resolved());
            return field.read().apply(inner(value, name, entry.value(), o -> outer.put(name, o)));
        }
        if (option instanceof Body<T> body) {
            value.reading().written(Reading.join(value.path(), name), entry.place());
            return settings(value, name, body, entry).map(body.read());
        }
        if (option instanceof Word<T>) {
            return value.problem(mapping, "the word " + name + " alone");
        }
        return unknown(value, key, name, option);
    }

    /** The section under a name, made from a bare value if there is one. */
    private Optional<Section> settings(Value value, String name, Body<T> body, Node.Entry entry) {
        Node node = inner(value, name, entry.value(), o -> {}).expanded();
        if (node instanceof Node.Scalar s && s.isNothing()) {
            return Optional.of(body(value, name, Node.Mapping.empty(entry.place())));
        }
        if (node instanceof Node.Mapping settings) {
            return Optional.of(body(value, name, settings));
        }
        if (body.firstKey().isPresent()) {
            Map<String, Node.Entry> bareEntry = new LinkedHashMap<>();
            bareEntry.put(body.firstKey().get(), entry);
            return Optional.of(body(value, name, new Node.Mapping(entry.place(), bareEntry)));
        }
        value.reading().problem(node.place(), Reading.join(value.path(), name), node.describe(), "a section with keys");
        return Optional.empty();
    }

    private Section body(Value value, String name, Node.Mapping settings) {
        Map<String, Object> outer = Value.within(value.resolved());
        Consumer<Object> sink = o -> outer.put(name, o);
        return new Section(value.reading(), Reading.join(value.path(), name), settings, Value.within(sink), true);
    }

    private Value inner(Value value, String name, Node node, Consumer<Object> sink) {
        return new Value(value.reading(), Reading.join(value.path(), name), node, sink);
    }

    private Optional<T> unknown(Value value, Node.Scalar found, String name, Option<T> option) {
        if (option instanceof Later<T>) {
            value.reading().problem(found.place(), value.path(), name + ", not yet", expected());
            return Optional.empty();
        }
        if (option != null) {
            return value.problem(found, "a value: {" + name + ": …}");
        }
        Set<String> valid = new TreeSet<>(options.keySet());
        valid.removeIf(o -> options.get(o) instanceof Later<T>);
        return value.problem(
                found,
                Spelling.nearest(name, valid)
                        .map(near -> expected() + "; the nearest is " + near)
                        .orElse(expected()));
    }

    private Choices<T> with(String name, Option<T> option) {
        Map<String, Option<T>> more = new LinkedHashMap<>(options);
        more.put(name, option);
        return new Choices<>(more, bare);
    }
}
