package dev.starling.jobs.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.worker.data.Feature;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.Scale;
import dev.starling.worker.data.Target;
import dev.starling.worker.network.Activation;
import dev.starling.worker.network.Conv2d;
import dev.starling.worker.network.Flatten;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.Padding;
import dev.starling.worker.network.Shape;
import dev.starling.worker.network.Weights;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.emitter.Emitter;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Holds conf/reference.yaml against the parser: the same keys, and the same defaults. The file is taken as it stands, and once more for each line
 * {@code # or key: …}, which then replaces the key above it. In each, every key is left out in turn, of another form only its settings.
 */
class ReferenceTest {
    private static final String OR = "# or ";

    /** A version of the file, and the line (from 0) that makes it one; −1 for the file itself. */
    private record Variant(List<String> lines, int line) {
        String name() {
            return line < 0 ? "as it stands" : lines.get(line).strip();
        }

        Node tree() {
            return new Yaml().compose(new StringReader(String.join("\n", lines)));
        }
    }

    @TestFactory
    List<DynamicTest> everyKeyHasTheDefaultThatItShows() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Variant variant : variants()) {
            Node root = variant.tree();
            Experiment whole = ExperimentParser.parse(source(write(root)));
            visit(root, "", (mapping, path) -> {
                for (NodeTuple tuple : List.copyOf(mapping.getValue())) {
                    int line = tuple.getKeyNode().getStartMark().getLine();
                    boolean setting = variant.line == line && tuple.getValueNode() instanceof ScalarNode;
                    // The keys of a space are the user's own.
                    boolean own = path.startsWith("sweep.space");
                    if (!own && (variant.line < 0 || setting)) {
                        String without = without(root, mapping, tuple);
                        String comment = variant.lines.get(line).replaceFirst("^.*?  # ?", "# ");
                        String key = join(path, tuple);
                        tests.add(DynamicTest.dynamicTest(
                                variant.name() + " without " + key, () -> check(whole, key, comment, without)));
                    }
                }
            });
        }
        return tests;
    }

    /**
     * Without a key nothing changes, unless its line says "required" (then its absence is told) or "default:" (then its value is an example), or it is the
     * name of an option, without which there is none.
     */
    private static void check(Experiment whole, String key, String comment, String without) {
        List<String> problems =
                Given.text(without).origins(source(without).origins()).problems();
        boolean section = Set.of("data", "network", "training").contains(key);
        boolean option = problems.size() == 1 && problems.get(0).contains(": {} (expected ");
        boolean missing = problems.stream().anyMatch(p -> p.contains(": missing"));
        if (section || missing) {
            assertThat(section || comment.contains("required")).isTrue();
            assertThat(problems).anyMatch(p -> p.replaceAll("\\[[0-9]+]", "[]").contains(key));
        } else if (!option) {
            boolean example = comment.contains("default:");
            // Without validation data early stopping has nothing to watch, without pre-training unlabelled data no use,
            // and without from there are no layers up to one.
            assertThat(problems)
                    .allMatch(p -> example
                            && (p.contains("without validation data")
                                    || p.contains("without training.pretraining")
                                    || p.contains("without network.from")));
            if (!example) {
                assertThat(ExperimentParser.parse(source(without))).isEqualTo(whole);
            }
        }
    }

    @Test
    void theFileShowsEveryKeyThatTheParserKnowsAndNoOther() throws IOException {
        Set<String> shown = new TreeSet<>();
        Set<String> known = new TreeSet<>();
        for (Variant variant : variants()) {
            visit(variant.tree(), "", (mapping, path) -> mapping.getValue()
                    .forEach(tuple -> shown.add(join(path, tuple))));
            known.addAll(ExperimentParser.knownKeys(source(String.join("\n", variant.lines))));
        }

        assertThat(alike(shown)).containsExactlyElementsOf(alike(known));
    }

    @Test
    void everyKeyOfALineOfItsOwnIsExplained() throws IOException {
        assertThat(file())
                .filteredOn(line -> line.matches(" *(- )?[A-Za-z0-9]+: .*|.* name:.*"))
                .filteredOn(line -> !line.strip().matches("(activ.*|kernel.*|biasI.*|useBias|padding): .*"))
                .allMatch(line -> line.contains("  # "));
    }

    /** What is the same in several places is shown in one: weights and inputs at dense, schedules at sgd, sources at train, layers outside repeat. */
    private static Set<String> alike(Set<String> keys) {
        return keys.stream()
                .map(k -> k.replace(".repeat.layers[].", "."))
                .map(k -> k.replaceFirst("(conv1d|conv2d)\\.(activ|kernelI|kernelR|biasI)", "dense.$2"))
                .map(k -> k.replaceFirst("^training\\.pretraining\\.optimizer\\.", "training.optimizer."))
                .map(k -> k.replaceFirst("(layers\\[])\\.(?!add|concatenate)[a-zA-Z0-9]+\\.inputs$", "$1.dense.inputs"))
                .map(k -> k.replaceFirst("layers\\[]\\.[a-zA-Z0-9]+\\.trainable", "layers[].dense.trainable"))
                .map(k -> k.replaceFirst("optimizer\\.[a-z]+\\.learningRate\\.", "optimizer.sgd.learningRate."))
                .map(k -> k.replaceFirst("^data\\.(test|validation|unlabelled)\\.", "data.train."))
                // Ranges are those of any path; what an option holds is the experiment's.
                .filter(k -> !k.matches("sweep\\.space\\..*choice\\[].*"))
                .map(k -> k.replaceFirst("^(sweep\\.space)\\.training\\..*\\.([a-zA-Z]+)$", "$1.$2"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Variant> variants() throws IOException {
        List<String> file = file();
        List<Variant> variants = new ArrayList<>();
        variants.add(new Variant(file, -1));
        for (int i = 0; i < file.size(); i++) {
            if (file.get(i).strip().startsWith(OR)) {
                variants.add(new Variant(replacing(file, i), i));
            }
        }
        return variants;
    }

    /** The file with the line taken for what it says, in place of the key above it of the same depth. */
    private static List<String> replacing(List<String> file, int or) {
        String indent = " ".repeat(file.get(or).indexOf('#'));
        int above = or;
        while (!file.get(above).matches(indent + "[A-Za-z].*")) {
            above--;
        }
        List<String> lines = new ArrayList<>(file);
        lines.set(above, "");
        for (int i = above + 1; file.get(i).startsWith(indent + " "); i++) {
            lines.set(i, "");
        }
        lines.set(or, file.get(or).replaceFirst(OR, ""));
        return lines;
    }

    private static void visit(Node node, String path, BiConsumer<MappingNode, String> visitor) {
        if (node instanceof MappingNode mapping) {
            visitor.accept(mapping, path);
            mapping.getValue().forEach(tuple -> visit(tuple.getValueNode(), join(path, tuple), visitor));
        } else if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(item -> visit(item, path + "[]", visitor));
        }
    }

    private static String join(String path, NodeTuple tuple) {
        String key = ((ScalarNode) tuple.getKeyNode()).getValue();
        return path.isEmpty() ? key : path + "." + key;
    }

    private static String without(Node root, MappingNode mapping, NodeTuple tuple) {
        int at = mapping.getValue().indexOf(tuple);
        mapping.getValue().remove(at);
        String text = write(root);
        mapping.getValue().add(at, tuple);
        return text;
    }

    private static String write(Node root) {
        StringWriter text = new StringWriter();
        Emitter emitter = new Emitter(text, new DumperOptions());
        try {
            for (Event event : new Yaml().serialize(root)) {
                emitter.emit(event);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static ExperimentText source(String text) {
        Scale scale = text.contains("divideBy: 255") ? new Scale.DivideBy(255) : new Scale.None();
        return new ExperimentText("x.yaml", text, "/experiments", List.of(), Map.of(), new Stored(scale));
    }

    /** The model that the file begins from; its scale is the file's. */
    private record Stored(Scale scale) implements Origins {
        @Override
        public Origin open(String from, String folder) {
            Shape input = new Shape.Image(10, 10, 3);
            List<LayerSpec> layers = List.of(
                    new Conv2d("first", 2, 3, 3, 1, 1, Padding.SAME, Activation.Simple.RELU, Weights.DEFAULT),
                    new Flatten("code"));
            List<Feature> features = IntStream.range(0, input.size())
                    .<Feature>mapToObj(i -> new Feature.Numeric("f" + i, 0, 1, Double.NaN))
                    .toList();
            return new Origin(
                    from,
                    new NetworkSpec(input, layers, Loss.MEAN_SQUARED_ERROR),
                    Optional.of(scale),
                    Optional.of(new Preparation(input, features, new Target.Input())));
        }
    }

    private static List<String> file() throws IOException {
        return Files.readAllLines(Given.ROOT.resolve("conf/reference.yaml"));
    }
}
