package dev.starling.jobs.experiment.tree;

import dev.starling.worker.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Changes a tree by {@code key=value}: {@code training.epochs=3}, {@code network.layers[0].dense.units=16}, {@code network.layers[features].dropout=0.1}. Indices
 * count a list's entries as written. Missing sections are made; a word, a number or a list on the way gives way to a section, but for bare
 * values ({@code dense: 64}), which become one. Whether the key is valid is found out when the tree is read.
 */
final class Overrides {
    private static final Pattern STEP = Pattern.compile("\\.?([A-Za-z0-9_-]+)|\\[([0-9]+)]|\\[([^\\[\\]]+)]");

    private static final String SPACE = "sweep.space.";

    private sealed interface Step {
        record Key(String name) implements Step {}

        record Index(int index) implements Step {}

        record Named(String name) implements Step {}
    }

    private final Place place;
    private final List<Step> steps;
    private final Node value;
    private final Function<String, Optional<String>> firstKey;

    private Overrides(Place place, List<Step> steps, Node value, Function<String, Optional<String>> firstKey) {
        this.place = place;
        this.steps = steps;
        this.value = value;
        this.firstKey = firstKey;
    }

    /**
     * The tree with one change.
     *
     * @throws InvalidInput if the override makes no sense for this tree
     */
    static Node apply(Reading reading, Node root, String override, Function<String, Optional<String>> firstKey) {
        int equals = override.indexOf('=');
        Place place = place(override);
        List<Step> steps =
                equals < 0 ? List.of() : steps(override.substring(0, equals).strip());
        if (steps.isEmpty() || !(steps.get(0) instanceof Step.Key)) {
            throw new InvalidInput(place + ": not an override (expected key=value, such as training.epochs=3)");
        }
        if (steps.size() > 3 && override.strip().startsWith(SPACE)) {
            String path = override.substring(0, equals).strip().substring(SPACE.length());
            throw new InvalidInput(place + ": a path of the space, whose dots are part of one key (expected the whole"
                    + " space at once: --set 'sweep.space={" + path + ": …}')");
        }
        Node value = value(reading, place, override.substring(equals + 1).strip());
        return new Overrides(place, steps, value, firstKey).set(root, 0, "");
    }

    /** A section's problems name their keys; its whole text before each would hide them. */
    static Place place(String override) {
        int equals = override.indexOf('=');
        boolean section = equals > 0 && override.substring(equals + 1).strip().startsWith("{");
        return new Place("--set " + (section ? override.substring(0, equals) + "={…}" : override), 0);
    }

    /** YAML where it is a list, a section or quoted; else the text as it stands, so that {@code *.csv} needs no quotes. */
    private static Node value(Reading reading, Place place, String text) {
        boolean yaml = !text.isEmpty() && "[{\"'".indexOf(text.charAt(0)) >= 0;
        return yaml ? YamlText.parse(reading, place, text) : new Node.Scalar(place, text, true);
    }

    private static List<Step> steps(String path) {
        List<Step> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(path);
        int at = 0;
        while (at < path.length() && matcher.find(at) && matcher.start() == at && (at > 0 || path.charAt(0) != '.')) {
            if (matcher.group(1) != null) {
                steps.add(new Step.Key(matcher.group(1)));
            } else if (matcher.group(2) != null && matcher.group(2).length() < 9) {
                steps.add(new Step.Index(Integer.parseInt(matcher.group(2))));
            } else {
                steps.add(new Step.Named(matcher.group(matcher.group(2) == null ? 3 : 2)));
            }
            at = matcher.end();
        }
        return at == path.length() ? steps : List.of();
    }

    private Node set(Node node, int at, String path) {
        if (at == steps.size()) {
            return value;
        }
        Step step = steps.get(at);
        return step instanceof Step.Key key ? setKey(node, at, path, key.name()) : setItem(node, at, path, step);
    }

    private Node setKey(Node node, int at, String path, String key) {
        Node.Mapping mapping = node instanceof Node.Mapping m ? m : Node.Mapping.empty(place);
        Node.Entry entry = mapping.entries().getOrDefault(key, new Node.Entry(place, Node.Mapping.empty(place)));
        Node child = entry.value();
        boolean entryOfList = at > 0 && !(steps.get(at - 1) instanceof Step.Key);
        if (entryOfList && descendsByKey(at)) {
            child = settings(key, entry);
        }
        Place from = at + 1 == steps.size() ? place : entry.place();
        return mapping.with(key, new Node.Entry(from, set(child, at + 1, Reading.join(path, key))));
    }

    private Node setItem(Node node, int at, String path, Step step) {
        if (!(node instanceof Node.Sequence list)) {
            throw new InvalidInput(place + ": " + path + ": " + node.describe() + " (expected a list)");
        }
        int index = step instanceof Step.Index i ? i.index() : indexOf(list, ((Step.Named) step).name());
        String shown = step instanceof Step.Index ? String.valueOf(index) : ((Step.Named) step).name();
        if (index < 0 || index >= list.items().size()) {
            throw new InvalidInput(place + ": " + path + "[" + shown + "]: no such entry (expected "
                    + (step instanceof Step.Index
                            ? "0 to " + (list.items().size() - 1)
                            : "a name of the list: "
                                    + String.join(
                                            ", ",
                                            names(list).stream()
                                                    .filter(n -> !n.isEmpty())
                                                    .toList()))
                    + ")");
        }
        Node item = list.items().get(index);
        if (item instanceof Node.Scalar word && descendsByKey(at)) {
            Node.Entry none = new Node.Entry(word.place(), Node.Mapping.empty(word.place()));
            item = new Node.Mapping(word.place(), Map.of(word.text(), none));
        }
        List<Node> items = new ArrayList<>(list.items());
        items.set(index, set(item, at + 1, path + "[" + index + "]"));
        return new Node.Sequence(list.place(), items);
    }

    private boolean descendsByKey(int at) {
        return at + 1 < steps.size() && steps.get(at + 1) instanceof Step.Key;
    }

    /** The section under an entry's key, also where the file has a bare value or nothing. */
    private Node settings(String key, Node.Entry entry) {
        boolean nothing = entry.value() instanceof Node.Scalar s && s.isNothing();
        if (entry.value() instanceof Node.Mapping
                || nothing
                || firstKey.apply(key).isEmpty()) {
            return entry.value();
        }
        return new Node.Mapping(entry.place(), Map.of(firstKey.apply(key).get(), entry));
    }

    private int indexOf(Node.Sequence list, String name) {
        return names(list).indexOf(name);
    }

    /** Of each entry its {@code name}, or nothing. */
    private List<String> names(Node.Sequence list) {
        return list.items().stream().map(this::nameOf).toList();
    }

    private String nameOf(Node item) {
        if (item instanceof Node.Mapping mapping && mapping.entries().size() == 1) {
            Map.Entry<String, Node.Entry> only =
                    mapping.entries().entrySet().iterator().next();
            if (settings(only.getKey(), only.getValue()) instanceof Node.Mapping settings) {
                Node.Entry name = settings.entries().get("name");
                return name != null && name.value() instanceof Node.Scalar text ? text.text() : "";
            }
        }
        return "";
    }
}
