package dev.starling.jobs.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.driver.data.SourceSpec;
import dev.starling.worker.data.Feature;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.Target;
import dev.starling.worker.network.Flatten;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.Shape;
import dev.starling.worker.network.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfExperimentsTest {
    private static Stream<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(Given.ROOT.resolve("conf/experiments"))) {
            return files.filter(Files::isRegularFile).map(Path::toString).sorted().toList().stream();
        }
    }

    private static ExperimentText read(String file) {
        return ExperimentText.read(file, List.of(), Map.of("STARLING_DATA", "/data"), Given.ROOT)
                .with(ConfExperimentsTest::trained);
    }

    /** As if there were a run of the course's network for Fashion-MNIST, from which others begin. */
    private static Origin trained(String from, String folder) {
        Experiment experiment = experiment("fashion-cnn");
        Shape input = experiment.input().orElseThrow();
        List<Feature> pixels = IntStream.range(0, input.size())
                .<Feature>mapToObj(i -> new Feature.Numeric("pixel" + i, 0, 255, Double.NaN))
                .toList();
        Preparation preparation = new Preparation(input, pixels, new Target.Classes(List.of("0", "1")));
        return new Origin(
                from, experiment.network(input), Optional.of(experiment.data().scale()), Optional.of(preparation));
    }

    private static Experiment experiment(String name) {
        return ExperimentParser.parse(read("conf/experiments/" + name + ".yaml"));
    }

    @Test
    void thereIsOnePerSetOfTheCourse() throws IOException {
        assertThat(files().map(f -> Path.of(f).getFileName().toString()))
                .contains(
                        "xor.yaml",
                        "digits-graph.yaml",
                        "digits.yaml",
                        "iris.yaml",
                        "breast-cancer.yaml",
                        "banknote.yaml",
                        "auto-mpg.yaml",
                        "fashion-mlp.yaml",
                        "fashion-cnn.yaml");
    }

    @ParameterizedTest
    @MethodSource("files")
    void eachParsesAndSaysHowManyReplicas(String file) {
        Experiment experiment = ExperimentParser.parse(read(file));

        assertThat(experiment.name() + ".yaml")
                .isEqualTo(Path.of(file).getFileName().toString());
        // Folds train side by side, one replica each, unless the file asks for gangs.
        if (experiment.crossValidation().isEmpty()) {
            assertThat(experiment.replicas()).isInstanceOf(Replicas.Count.class);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void eachResolvedGivesTheSameAgain(String file) {
        Experiment experiment = ExperimentParser.parse(read(file));

        ExperimentText stored = new ExperimentText(
                        "r.yaml", experiment.resolved().text(), "/elsewhere", List.of(), Map.of())
                .with(experiment.origins());
        assertThat(ExperimentParser.parse(stored)).isEqualTo(experiment);
    }

    @ParameterizedTest
    @MethodSource("files")
    void dataOfTheProjectAreThere(String file) {
        SourceSpec train = ExperimentParser.parse(read(file)).data().train();

        boolean ofTheProject =
                train instanceof SourceSpec.Csv found && !found.path().startsWith("/data/");
        if (ofTheProject && train instanceof SourceSpec.Csv csv) {
            assertThat(Path.of(csv.path())).isRegularFile();
            assertThat(Path.of(csv.path()).resolveSibling("README.md")).isRegularFile();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"digits-sweep", "auto-mpg-sweep", "fashion-sweep"})
    void theSweepsCanBeSearched(String name) {
        assertThat(ExperimentParser.parseSweep(read("conf/experiments/" + name + ".yaml"))
                        .sweep())
                .isPresent();
    }

    @Test
    void theCourseNetworkHasFifteenLayersAndItsFeaturesHaveAName() {
        List<LayerSpec> layers = experiment("fashion-cnn").layers();

        assertThat(layers).hasSize(15);
        assertThat(layers.get(10)).isEqualTo(new Flatten("features"));
        assertThat(experiment("xor").layers())
                .extracting(LayerSpec::name)
                .containsExactly("dense_1", "dense_2", "dense_3");
    }

    /** Exercise 6.4: what Keras's summary tells there, and the same of the control. */
    @Test
    void theTransferOfTheCourseLearnsItsDenseLayersAlone() {
        for (String name : List.of("course/transfer", "course/transfer-random")) {
            Experiment experiment = experiment(name);
            NetworkLayout layout =
                    NetworkLayout.of(experiment.network(experiment.input().orElseThrow()));
            assertThat(layout.total()).isEqualTo(1_679_082);
            assertThat(layout.trainable()).isEqualTo(1_612_298);
            assertThat(layout.nonTrainable()).isEqualTo(66_784);
        }
        assertThat(experiment("course/transfer").heritage().parts()).hasSize(8);
    }

    @Test
    void summariesOfAllWhoseInputIsKnownNeedNoData() {
        ExperimentText text = ExperimentText.read("conf/experiments/fashion-cnn.yaml", List.of(), Map.of(), Given.ROOT);

        assertThat(ExperimentParser.network(text)).isPresent();
    }

    /** Exercise 6.4: frozen layers, and the running statistics of those that learn, are not trainable. */
    @ParameterizedTest
    @ValueSource(strings = {"course/transfer", "course/transfer-random"})
    void theTransferExerciseHasTheNotesParameters(String name) {
        Experiment transfer = experiment(name);
        assertThat(Summary.of(transfer.network(transfer.input().orElseThrow())))
                .contains("Total params: 1,679,082\n")
                .contains("Trainable params: 1,612,298\n")
                .contains("Non-trainable params: 66,784\n");
    }
}
