package dev.starling.jobs.experiment.tree;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A mapping of the file, read key by key. Each method asks for a key and gives its value, or the default, which is written down too. On a
 * problem it gives the default or something harmless, so that reading goes on; {@link Reading#finish} then throws. Keys that
 * nobody asked for are unknown.
 */
public final class Section {
    private final Reading reading;
    private final String path;
    private final Node.Mapping node;
    private final Map<String, Object> resolved;
    private final boolean requires;
    private final Set<String> asked = new LinkedHashSet<>();
    private final Set<String> notYet = new LinkedHashSet<>();

    /**
     * Opens a section.
     *
     * @param requires whether a missing key is worth telling: not where the whole section is wrong
     */
    Section(Reading reading, String path, Node.Mapping node, Map<String, Object> resolved, boolean requires) {
        this.reading = reading;
        this.path = path;
        this.node = node;
        this.resolved = resolved;
        this.requires = requires;
        reading.opened(this);
    }

    public String pathOf(String key) {
        return Reading.join(path, key);
    }

    /** Whether the file has the key, whatever its value. */
    public boolean has(String key) {
        return node.entries().containsKey(key);
    }

    /** Keys that the file has, in its order. */
    public List<String> keys() {
        return List.copyOf(node.entries().keySet());
    }

    public Optional<Value> find(String key) {
        asked.add(key);
        reading.know(pathOf(key));
        Node.Entry entry = node.entries().get(key);
        if (entry == null) {
            return Optional.empty();
        }
        reading.written(pathOf(key), entry.place());
        return Optional.of(value(key, entry.value()));
    }

    /**
     * A value, as written or by default.
     *
     * @param otherwise the default, in YAML
     */
    public Value find(String key, String otherwise) {
        return find(key).orElseGet(() -> value(key, parsed(otherwise)));
    }

    /**
     * A value that has no default.
     *
     * @param expected what is missing if the key is
     */
    public Optional<Value> require(String key, String expected) {
        Optional<Value> found = find(key);
        if (found.isEmpty() && requires) {
            reading.problemAt(pathOf(key), "missing", expected);
        }
        return found;
    }

    public int integer(String key, Range range) {
        return require(key, Value.wholeNumber(range))
                .flatMap(v -> v.integer(range))
                .orElse(1);
    }

    public int integer(String key, int otherwise, Range range) {
        return orElse(key, otherwise, v -> v.integer(range));
    }

    public long whole(String key, long otherwise, Range range) {
        return orElse(key, otherwise, v -> v.whole(range));
    }

    public double number(String key, Range range) {
        return require(key, Value.anyNumber(range))
                .flatMap(v -> v.number(range))
                .orElse(0.5);
    }

    public double number(String key, double otherwise, Range range) {
        return orElse(key, otherwise, v -> v.number(range));
    }

    public boolean flag(String key, boolean otherwise) {
        return orElse(key, otherwise, Value::flag);
    }

    public String text(String key, String otherwise) {
        return orElse(key, otherwise, Value::text);
    }

    /** A list of texts; one alone may stand without brackets. */
    public List<String> texts(String key, List<String> otherwise) {
        return orElse(key, otherwise, Value::texts);
    }

    /**
     * One of several options.
     *
     * @param otherwise the default, in YAML
     */
    public <T> T choice(String key, String otherwise, Choices<T> choices) {
        return choices.read(find(key, otherwise))
                .or(() -> choices.read(new Value(reading, pathOf(key), parsed(otherwise), o -> {})))
                .orElseThrow();
    }

    public <T> Optional<T> choice(String key, Choices<T> choices) {
        return require(key, choices.expected()).flatMap(choices::read);
    }

    /** A section of its own, which may be absent if none of its keys is required. */
    public Section section(String key) {
        Optional<Value> written = find(key);
        return written.flatMap(Value::section).orElseGet(() -> {
            Node.Mapping none = Node.Mapping.empty(node.place());
            return new Section(reading, pathOf(key), none, Value.within(o -> resolved.put(key, o)), written.isEmpty());
        });
    }

    /** Keys of the contract that a later version reads. */
    public void notYet(String... keys) {
        for (String key : keys) {
            notYet.add(key);
            Node.Entry entry = node.entries().get(key);
            if (entry != null) {
                reading.problem(
                        entry.place(), pathOf(key), "not yet", "this key to be left out of this version's files");
            }
        }
    }

    /** Adds a problem with one of the keys. */
    public void refuse(String key, String found, String expected) {
        reading.problemAt(pathOf(key), found, expected);
    }

    /** Says that the section cannot be read any further, so that its other keys are neither unknown nor missing. */
    public void abandon() {
        notYet.addAll(node.entries().keySet());
    }

    void reportUnknown() {
        node.entries().forEach((key, entry) -> {
            if (!asked.contains(key) && !notYet.contains(key)) {
                reading.problem(entry.place(), pathOf(key), "unknown key", suggestion(key));
            }
        });
    }

    private String suggestion(String key) {
        List<String> valid = new ArrayList<>(asked);
        return Spelling.nearest(key, valid)
                .or(() -> reading.elsewhere(key))
                .orElseGet(() -> valid.isEmpty()
                        ? "no key here"
                        : valid.size() == 1 ? valid.get(0) : "one of " + String.join(", ", valid));
    }

    private <T> T orElse(String key, T otherwise, Function<Value, Optional<T>> as) {
        Optional<Value> value = find(key);
        if (value.isEmpty()) {
            // A copy, so that a default that stands in two places is not written as an anchor and its alias.
            resolved.put(key, otherwise instanceof List<?> list ? new ArrayList<>(list) : otherwise);
        }
        return value.flatMap(as).orElse(otherwise);
    }

    private Value value(String key, Node written) {
        return new Value(reading, pathOf(key), written, o -> resolved.put(key, o));
    }

    private Node parsed(String yaml) {
        return YamlText.parse(reading, new Place(node.place().source(), 0), yaml);
    }
}
