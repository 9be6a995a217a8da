package dev.starling.jobs.experiment.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A value as text behind {@code --set}, with parts left open: they stand as {@code ~} in the text, and are set by overrides of their own.
 *
 * @param text on one line
 * @param name the text of a word, or the only key of a section
 */
public record Template(String text, String name, List<Hole> holes) {
    public Template {
        holes = List.copyOf(holes);
    }

    /**
     * What was left open.
     *
     * @param suffix where it is inside the value: {@code .adam.learningRate}, {@code [0].dense}; empty if it is the value
     */
    public record Hole(String suffix, Value value) {}

    /** Writes one value; {@code resolved} gets the tree as it stands, holes included. */
    static final class Writer {
        private final Value value;
        private final Predicate<Set<String>> isHole;
        private final List<Hole> holes = new ArrayList<>();

        /** @param isHole whether a section with these keys is left open */
        Writer(Value value, Predicate<Set<String>> isHole) {
            this.value = value;
            this.isHole = isHole;
        }

        Template template(Node root, Consumer<Object> resolved) {
            String text = write(root, "", resolved);
            boolean single = root instanceof Node.Mapping m && m.entries().size() == 1 && !text.equals("~");
            String name =
                    single ? ((Node.Mapping) root).entries().keySet().iterator().next() : text;
            return new Template(text, name, holes);
        }

        private String write(Node node, String suffix, Consumer<Object> resolved) {
            if (node instanceof Node.Mapping mapping) {
                if (isHole.test(mapping.entries().keySet())) {
                    holes.add(new Hole(suffix, new Value(value.reading(), value.path() + suffix, node, resolved)));
                    return "~";
                }
                Map<String, Object> tree = Value.within(resolved);
                List<String> texts = new ArrayList<>();
                mapping.entries().forEach((key, entry) -> {
                    tree.put(key, null); // The place among the keys, as a hole is written later.
                    texts.add(key + ": " + write(entry.value(), suffix + "." + key, o -> tree.put(key, o)));
                });
                return "{" + String.join(", ", texts) + "}";
            }
            if (node instanceof Node.Sequence sequence) {
                List<Object> tree = new ArrayList<>();
                resolved.accept(tree);
                List<String> texts = new ArrayList<>();
                for (int i = 0; i < sequence.items().size(); i++) {
                    int index = i;
                    tree.add(null);
                    texts.add(write(sequence.items().get(i), suffix + "[" + i + "]", o -> tree.set(index, o)));
                }
                return "[" + String.join(", ", texts) + "]";
            }
            Node.Scalar scalar = (Node.Scalar) node;
            resolved.accept(scalar.typed());
            return suffix.isEmpty() && scalar.plain() ? text(scalar) : inFlow(scalar);
        }

        /** Numbers in one form, so that a file as written and as resolved give the same text. */
        private static String text(Node.Scalar scalar) {
            return scalar.typed() instanceof Number number ? number.toString() : scalar.text();
        }

        private static String inFlow(Node.Scalar scalar) {
            boolean safe = scalar.plain() && scalar.text().matches("[A-Za-z0-9_.+~-]*");
            return safe
                    ? scalar.text()
                    : '"' + scalar.text().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        }
    }
}
