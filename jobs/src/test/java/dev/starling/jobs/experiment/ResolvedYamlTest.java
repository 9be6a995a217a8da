package dev.starling.jobs.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResolvedYamlTest {
    private static final String RICH =
            """
            data:
              directory: ${D}
              source: "no: # way"
              train: {format: csv, path: "a*.csv", target: [no], delimiter: "\\t", quote: "'", drop: on, missing: {values: ["?", "", "~", "1e-4"]}}
              test: {format: csv, path: b.csv, target: [y], features: [a, b]}
              scale: {divideBy: 16}
            network:
              input: [8, 8, 1]
              layers:
                - repeat: {times: 2, layers: [{conv2d: {filters: 3, kernelSize: [1, 2], activation: {leakyRelu: {alpha: 0.1}}}}]}
                - maxPooling2d: 2
                - flatten: features
                - dense: {units: 3, kernelInitializer: {varianceScaling: {mode: fanOut}}, biasInitializer: {constant: 1e-4}}
            training:
              loss: meanSquaredError
              optimizer: {sgd: {learningRate: {piecewiseConstant: {boundaries: [1], values: [1, 2]}}}}
              metrics: [rmse]
              gradientClipping: {value: 2}
              earlyStopping: {monitor: train.loss, patience: 3}
            cluster: {replicas: 3, averaging: {every: 7}}
            """;

    @Test
    void parsedElsewhereItGivesTheSameExperiment() {
        Experiment experiment = Given.text(RICH)
                .environment("D", "data")
                .set("training.epochs=9")
                .parse();

        ExperimentText stored =
                new ExperimentText("other.yaml", experiment.resolved().text(), "hdfs://nn/runs/1", List.of(), Map.of());
        assertThat(ExperimentParser.parse(stored)).isEqualTo(experiment);
    }

    @Test
    void pathsAreAbsoluteAndDefaultsWrittenOut() {
        String text = Given.small().parse().resolved().text();

        assertThat(text)
                .contains("name: x\n")
                .contains("path: /experiments/a.csv")
                .contains("batchSize: 32\n")
                .contains("learningRate: 0.001");
    }
}
