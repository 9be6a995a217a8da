package dev.starling.jobs.experiment.tree;

import dev.starling.worker.InvalidInput;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** From YAML text to a tree with places, and back. */
final class YamlText {
    private final Reading reading;
    private final String source;
    private final int firstLine;
    private final Set<org.yaml.snakeyaml.nodes.Node> ancestors = Collections.newSetFromMap(new IdentityHashMap<>());

    private YamlText(Reading reading, Place place) {
        this.reading = reading;
        this.source = place.source();
        this.firstLine = place.line();
    }

    /**
     * @param place of the text's first line; line 0 for a text that has no lines of its own
     * @throws InvalidInput if it is not YAML, or empty; keys written twice are left to {@code reading}
     */
    static Node parse(Reading reading, Place place, String text) {
        try {
            org.yaml.snakeyaml.nodes.Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
            if (root == null) {
                throw new InvalidInput(place.source() + ": empty (expected an experiment in YAML)");
            }
            return new YamlText(reading, place).convert(root, "");
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine();
            Place at = new Place(place.source(), place.line() == 0 ? 0 : place.line() + line);
            throw new InvalidInput(at + ": " + e.getProblem() + " (expected YAML)");
        } catch (YAMLException e) {
            throw new InvalidInput(place.source() + ": " + e.getMessage() + " (expected YAML)");
        }
    }

    /** Block style, but innermost lists and mappings on one line. */
    static String write(Map<String, Object> tree) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.AUTO);
        options.setSplitLines(false);
        options.setIndent(2);
        return new Yaml(options).dump(tree);
    }

    private Node convert(org.yaml.snakeyaml.nodes.Node node, String path) {
        Place place = placeOf(node);
        if (!ancestors.add(node)) {
            throw new InvalidInput(place + ": " + path + ": an alias inside its own anchor (expected a finite value)");
        }
        Node converted;
        if (node instanceof MappingNode mapping) {
            converted = new Node.Mapping(place, entries(mapping, path));
        } else if (node instanceof SequenceNode sequence) {
            List<Node> items = new ArrayList<>();
            for (org.yaml.snakeyaml.nodes.Node item : sequence.getValue()) {
                items.add(convert(item, path + "[" + items.size() + "]"));
            }
            converted = new Node.Sequence(place, items);
        } else {
            ScalarNode scalar = (ScalarNode) node;
            converted = new Node.Scalar(
                    place, scalar.getValue(), scalar.getScalarStyle() == DumperOptions.ScalarStyle.PLAIN);
        }
        ancestors.remove(node);
        return converted;
    }

    private Map<String, Node.Entry> entries(MappingNode mapping, String path) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Place place = placeOf(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                reading.problem(place, path, "a list or section as a key", "a word as a key");
                continue;
            }
            String keyPath = Reading.join(path, key.getValue());
            Node.Entry entry = new Node.Entry(place, convert(tuple.getValueNode(), keyPath));
            Node.Entry before = entries.putIfAbsent(key.getValue(), entry);
            if (before != null) {
                reading.problem(place, keyPath, "written twice", "once, as at " + before.place());
            }
        }
        return entries;
    }

    private Place placeOf(org.yaml.snakeyaml.nodes.Node node) {
        return new Place(
                source, firstLine == 0 ? 0 : firstLine + node.getStartMark().getLine());
    }
}
