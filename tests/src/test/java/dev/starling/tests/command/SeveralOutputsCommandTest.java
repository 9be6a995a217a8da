package dev.starling.tests.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks of several outputs. */
class SeveralOutputsCommandTest {
    @TempDir
    private static Path folder;

    @Test
    void severalOutputsSplitSeveralTargetsOrShareOne() throws IOException {
        GraphExperiment shell = GraphExperiment.in(folder);
        StringBuilder csv = new StringBuilder("x,y,sum,difference,mean\n");
        for (int i = 0; i < 160; i++) {
            double x = i * 37 % 101 / 101.0;
            double y = i * 53 % 97 / 97.0;
            csv.append(x + "," + y + "," + (x + y) + "," + (x - y) + "," + (x + y) / 2 + "\n");
        }
        Files.writeString(folder.resolve("sums.csv"), csv);
        Files.writeString(
                folder.resolve("sums.yaml"),
                """
                data:
                  train: {format: csv, path: sums.csv, target: [sum, difference, mean]}
                  validation: 0.2
                network:
                  outputs: [one, two]
                  layers:
                    - dense: {name: both, units: 4}
                    - dense: {name: one, units: 2}
                    - dense: {name: two, units: 1, inputs: [both]}
                training: {loss: [meanSquaredError, meanAbsoluteError], optimizer: {adam: {learningRate: 0.02}}, batchSize: 8, epochs: 40, metrics: [rmse]}
                cluster: {replicas: 2}
                """);
        String sums = shell.done("train", "sums.yaml", "--master", "local[2]").lastLine();
        assertThat(GraphExperiment.json(Path.of(sums, "metrics.json"))
                        .at("/validation/rmse")
                        .asDouble())
                .isLessThan(0.1);
        shell.done("predict", sums, "sums.csv", "--output", "sums-predicted.csv", "--master", "local[2]");
        List<String> lines = Files.readAllLines(folder.resolve("sums-predicted.csv"));
        assertThat(lines.get(0)).isEqualTo("row,sum,difference,mean");
        String[] wanted = Files.readAllLines(folder.resolve("sums.csv")).get(7).split(",", -1);
        String[] given = lines.get(7).split(",", -1);
        for (int i = 1; i <= 3; i++) {
            assertThat(Double.parseDouble(given[i])).isCloseTo(Double.parseDouble(wanted[i + 1]), within(0.3));
        }
        assertThat(ModelSerializer.restoreComputationGraph(
                                Path.of(sums, "model.zip").toFile())
                        .getNumOutputArrays())
                .isEqualTo(2);
        Path aside = Path.of(shell.done(
                        "train",
                        "graph.yaml",
                        "--master",
                        "local[2]",
                        "--set",
                        "network.layers[5].dense.name=main",
                        "--set",
                        "network.layers[3].add.inputs=[code, side]",
                        "--set",
                        "network.layers[2]={concatenate: {name: side, inputs: [helper, aid]}}",
                        "--set",
                        "network.layers[1]={repeat: {times: 1, layers: [{dense: {name: helper, units: 3}}, {dense: {name: aid, units: 3, inputs: [code]}}, {dense: {name: early, units: 2, activation: softmax, inputs: [code]}}]}}",
                        "--set",
                        "network.outputs=[main, early]")
                .lastLine());
        assertThat(GraphExperiment.json(aside.resolve("metrics.json")).at("/test/confusion"))
                .hasSize(2);
        assertThat(GraphExperiment.json(aside.resolve("metrics.json"))
                        .at("/test/accuracy")
                        .asDouble())
                .isGreaterThan(0.9);
        shell.done(
                "cross-validate",
                aside.resolve("experiment.yaml").toString(),
                "--master",
                "local[2]",
                "--set",
                "crossValidation.folds=2");
    }
}
