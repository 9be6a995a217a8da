package dev.starling.tests.keras;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.driver.store.StoredModel;
import dev.starling.tests.Result;
import dev.starling.tests.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code network.from} a file that Keras stored: its layers, frozen or learning on, under others. */
class TransferFromKerasTest {
    private static final String EXPERIMENT =
            """
            data:
              train: {format: csv, path: rows.csv, target: kind}
              scale: {divideBy: 2}
            network:
              from: %s
              upTo: %s
              freeze: true
              layers:
                - dense: {name: own, units: 3, activation: softmax}
            training: {loss: categoricalCrossentropy, epochs: 2}
            cluster: {replicas: 2, averaging: {every: 2}}
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void writeRowsAndModels() throws IOException {
        Random random = new Random(3);
        StringBuilder rows = new StringBuilder("a,b,c,d,e,kind\n");
        for (int i = 0; i < 120; i++) {
            for (int j = 0; j < 5; j++) {
                rows.append(random.nextGaussian()).append(',');
            }
            rows.append("xyz".charAt(i % 3)).append('\n');
        }
        Files.writeString(folder.resolve("rows.csv"), rows);
        for (String[] copy : List.of(
                new String[] {"keras3/mlp.keras", "mlp.keras"},
                new String[] {"keras2/mlp.h5", "mlp.h5"},
                new String[] {"keras3/outputs.keras", "graph.keras"},
                new String[] {"keras1/mlp.architecture.json", "old.json"},
                new String[] {"keras1/mlp.weights.h5", "old.weights.h5"})) {
            Files.write(folder.resolve(copy[1]), KerasFixture.bytes(copy[0]));
        }
    }

    private Result starling(String... args) {
        return new Shell(folder, Map.of()).run(args);
    }

    private void write(String file, String upTo) throws IOException {
        Files.writeString(folder.resolve("e.yaml"), EXPERIMENT.formatted(file, upTo));
    }

    @ParameterizedTest
    @CsvSource({
        "keras3/mlp.keras, mlp.keras, dense_1, 8·5 + 8 + 4·8 + 6·8 + 6",
        "keras2/mlp.h5, mlp.h5, dense_1, 8·5 + 8 + 4·8 + 6·8 + 6",
        "keras1/mlp.architecture.json + keras1/mlp.weights.h5, old.json, dropout_1, 8·5 + 8 + 4·8",
        "keras3/outputs.keras, graph.keras, shared, 6·5 + 6",
    })
    void layersOfTheFileStayAsTheyAreAndOthersLearn(String fixture, String file, String upTo, String frozen)
            throws IOException {
        write(file, upTo);
        Result summary = starling("summary", "e.yaml");
        assertThat(summary.status()).as(summary.err()).isZero();
        assertThat(folder.resolve("runs")).doesNotExist();
        Result result = starling("train", "e.yaml", "--master", "local[2]");
        assertThat(result.status()).as(result.err()).isZero();
        int count = Arrays.stream(frozen.split(" \\+ ", -1))
                .mapToInt(product -> Stream.of(product.split("·", -1))
                        .mapToInt(Integer::parseInt)
                        .reduce(1, (a, b) -> a * b))
                .sum();
        assertThat(summary.out()).contains("Non-trainable params: " + count);
        float[] stored = KerasFixture.load(fixture).parameters();
        float[] trained = StoredModel.parameters(result.lastLine(), new Configuration());
        assertThat(Arrays.copyOf(trained, count)).isEqualTo(Arrays.copyOf(stored, count));
    }

    @Test
    void theFileBecomesOneRunHoweverOftenItIsBegunFrom() throws IOException {
        write("mlp.keras", "dense");
        Result first = starling("train", "e.yaml", "--master", "local[2]");
        assertThat(first.status()).as(first.err()).isZero();
        Result folds = starling(
                "cross-validate",
                "e.yaml",
                "--master",
                "local[2]",
                "--set",
                "crossValidation.folds=2",
                "--set",
                "cluster.replicas=1");
        assertThat(folds.status()).as(folds.err()).isZero();
        try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
            assertThat(runs.map(run -> run.getFileName().toString()).filter(run -> run.startsWith("mlp-")))
                    .hasSize(1);
        }
        Files.delete(folder.resolve("mlp.keras"));
        assertThat(starling("evaluate", first.lastLine(), "--master", "local[2]")
                        .status())
                .isZero();
    }

    @Test
    void aWholeModelLearnsOnByTheDatasOwnPreparation() throws IOException {
        Files.writeString(
                folder.resolve("e.yaml"),
                """
                data: {train: {format: csv, path: rows.csv, target: kind}, scale: standardize}
                network: {from: mlp.keras}
                training: {loss: categoricalCrossentropy, epochs: 1}
                cluster: {replicas: 1}
                """);
        Result result = starling("train", "e.yaml", "--master", "local[1]");
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(Files.readString(Path.of(result.lastLine()).resolve("preprocessing.json")))
                .contains("\"x\"");
    }

    @Test
    void whatIsNoModelOrHasNoSuchLayerIsToldWithItsPlace() throws IOException {
        write("none.keras", "dense");
        assertThat(starling("train", "e.yaml").problems())
                .singleElement()
                .asString()
                .contains("network.from: ")
                .contains("none.keras: no such file");
        write("mlp.keras", "densest");
        assertThat(starling("train", "e.yaml").problems())
                .singleElement()
                .asString()
                .contains("network.upTo: densest (expected a layer of ");
    }
}
