package dev.starling.jobs.experiment.tree;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * One value of the file. Each method reads it as one type: on success it also writes it down as resolved, otherwise it adds a
 * problem and gives nothing. Variables are replaced only here, when somebody needs the value.
 */
public final class Value {
    static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+");
    static final Pattern NUMBER = Pattern.compile("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?");

    private final Reading reading;
    private final String path;
    private final Node written;
    private final Consumer<Object> resolved;

    Value(Reading reading, String path, Node written, Consumer<Object> resolved) {
        this.reading = reading;
        this.path = path;
        this.written = written;
        this.resolved = resolved;
    }

    public String path() {
        return path;
    }

    public Optional<Integer> integer(Range range) {
        Range ints = new Range(
                range.words(),
                x -> x >= Integer.MIN_VALUE
                        && x <= Integer.MAX_VALUE
                        && range.holds().test(x));
        return whole(ints).map(Long::intValue);
    }

    public Optional<Long> whole(Range range) {
        Optional<Node.Scalar> scalar = scalar(wholeNumber(range));
        return scalar.flatMap(s -> {
            if (s.plain() && WHOLE.matcher(s.text()).matches()) {
                BigInteger value = new BigInteger(s.text());
                if (value.bitLength() < Long.SIZE && range.holds().test(value.doubleValue())) {
                    return give(value.longValue());
                }
            }
            return problem(s, wholeNumber(range));
        });
    }

    public Optional<Double> number(Range range) {
        return scalar(anyNumber(range)).flatMap(s -> {
            if (s.plain() && NUMBER.matcher(s.text()).matches()) {
                double value = Double.parseDouble(s.text());
                if (Double.isFinite(value) && range.holds().test(value)) {
                    return give(value);
                }
            }
            return problem(s, anyNumber(range));
        });
    }

    public Optional<Boolean> flag() {
        return scalar("true or false").flatMap(s -> {
            boolean known = s.plain() && (s.text().equals("true") || s.text().equals("false"));
            return known ? give(Boolean.valueOf(s.text())) : problem(s, "true or false");
        });
    }

    public Optional<String> text() {
        return scalar("a text").flatMap(s -> give(s.text()));
    }

    /** A text of another form than it is written in: what is given out is what is written down. */
    public Optional<String> text(String expected, Function<String, Optional<String>> read) {
        return scalar(expected)
                .flatMap(s -> read.apply(s.text()).map(this::give).orElseGet(() -> problem(s, expected)));
    }

    public Optional<List<String>> texts() {
        List<String> texts = new ArrayList<>();
        for (Value item : expanded() instanceof Node.Scalar
                ? List.of(this)
                : items("a text or a list of texts").orElse(List.of())) {
            item.text().ifPresent(texts::add);
        }
        return Optional.of(texts);
    }

    /** The entries of a list. */
    public Optional<List<Value>> items(String expected) {
        Optional<Node> node = present();
        if (node.isEmpty()) {
            return Optional.empty();
        }
        if (!(node.get() instanceof Node.Sequence sequence)) {
            return problem(node.get(), expected);
        }
        List<Object> list = new ArrayList<>();
        resolved.accept(list);
        List<Value> items = new ArrayList<>();
        for (Node item : sequence.items()) {
            int index = items.size();
            list.add(null);
            String itemPath = path + "[" + index + "]";
            reading.written(itemPath, item.place());
            items.add(new Value(reading, itemPath, item, o -> list.set(index, o)));
        }
        return Optional.of(items);
    }

    public Optional<Section> section() {
        return present()
                .flatMap(n -> n instanceof Node.Mapping mapping
                        ? Optional.of(new Section(reading, path, mapping, within(resolved), true))
                        : problem(n, "a section with keys"));
    }

    /** Whether it is written as a section, and not as a word, a number or a list. */
    public boolean isSection() {
        return expanded() instanceof Node.Mapping;
    }

    public boolean isList() {
        return expanded() instanceof Node.Sequence;
    }

    /**
     * The value as it stands, with its sections left open that have such keys.
     *
     * @param isHole whether a section with these keys is left open
     */
    public Template template(Predicate<Set<String>> isHole) {
        return new Template.Writer(this, isHole).template(expanded(), resolved);
    }

    /** Adds a problem with this value. */
    public <T> Optional<T> refuse(String found, String expected) {
        reading.problem(written.place(), path, found, expected);
        return Optional.empty();
    }

    /** Adds a problem with this value. */
    public <T> Optional<T> refuse(String expected) {
        return problem(expanded(), expected);
    }

    /** The value with its variables replaced; as written if that cannot be done. */
    Node expanded() {
        if (!(written instanceof Node.Scalar s) || !Variables.mentionedIn(s.text())) {
            return written;
        }
        if (!(reading.variables().expand(s.text()) instanceof Variables.Expansion.Expanded e)) {
            return written;
        }
        boolean typed = s.plain() || e.whole();
        if (e.whole() && (e.text().startsWith("[") || e.text().startsWith("{"))) {
            return YamlText.parse(reading, s.place(), e.text());
        }
        return new Node.Scalar(s.place(), e.text(), typed);
    }

    /** The value with its variables replaced; empty and a problem if one is not set. */
    Optional<Node> present() {
        if (written instanceof Node.Scalar s && Variables.mentionedIn(s.text())) {
            Variables.Expansion expansion = reading.variables().expand(s.text());
            if (expansion instanceof Variables.Expansion.Unset unset) {
                reading.unset(s.place(), path, unset.name());
                return Optional.empty();
            }
            if (expansion instanceof Variables.Expansion.Malformed) {
                return problem(s, "${NAME} or ${NAME:-default}");
            }
        }
        return Optional.of(expanded());
    }

    Reading reading() {
        return reading;
    }

    Consumer<Object> resolved() {
        return resolved;
    }

    <T> Optional<T> problem(Node found, String expected) {
        reading.problem(found.place(), path, found.describe(), expected);
        return Optional.empty();
    }

    static Map<String, Object> within(Consumer<Object> resolved) {
        Map<String, Object> map = new LinkedHashMap<>();
        resolved.accept(map);
        return map;
    }

    static String wholeNumber(Range range) {
        return "a whole number" + range.words();
    }

    static String anyNumber(Range range) {
        return "a number" + range.words();
    }

    private Optional<Node.Scalar> scalar(String expected) {
        return present()
                .flatMap(n -> n instanceof Node.Scalar s && !s.isNothing() ? Optional.of(s) : problem(n, expected));
    }

    private <T> Optional<T> give(T value) {
        resolved.accept(value);
        return Optional.of(value);
    }
}
