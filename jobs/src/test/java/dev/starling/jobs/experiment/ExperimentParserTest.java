package dev.starling.jobs.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.driver.data.DataSpec.HeldOut;
import dev.starling.driver.data.SourceSpec;
import dev.starling.driver.data.SourceSpec.Features;
import dev.starling.driver.data.SourceSpec.Missing;
import dev.starling.driver.data.SourceSpec.Policy;
import dev.starling.worker.averaging.AveragingSpec;
import dev.starling.worker.data.Scale;
import dev.starling.worker.exchange.Compression;
import dev.starling.worker.gang.TrainingSpec;
import dev.starling.worker.gang.TrainingSpec.OptimizerStatePolicy;
import dev.starling.worker.network.Activation;
import dev.starling.worker.network.ActivationLayer;
import dev.starling.worker.network.BatchNormalization;
import dev.starling.worker.network.Conv1d;
import dev.starling.worker.network.Conv2d;
import dev.starling.worker.network.Dense;
import dev.starling.worker.network.Dropout;
import dev.starling.worker.network.Flatten;
import dev.starling.worker.network.Initializer;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.Padding;
import dev.starling.worker.network.Penalty;
import dev.starling.worker.network.Pooling;
import dev.starling.worker.network.Pooling1d;
import dev.starling.worker.network.Pooling2d;
import dev.starling.worker.network.Shape;
import dev.starling.worker.network.Weights;
import dev.starling.worker.optimizer.Clipping;
import dev.starling.worker.optimizer.OptimizerSpec;
import dev.starling.worker.optimizer.Schedule;
import dev.starling.worker.step.StepChoice;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentParserTest {
    @Test
    void whatIsNotWrittenHasKerasDefaults() {
        Experiment experiment = Given.small().parse();

        assertThat(experiment.name()).isEqualTo("x");
        assertThat(experiment.seed()).isEqualTo(42);
        assertThat(experiment.input()).isEmpty();
        assertThat(experiment.loss()).isEqualTo(Loss.MEAN_SQUARED_ERROR);
        assertThat(experiment.metrics()).isEmpty();
        assertThat(experiment.replicas()).isEqualTo(new Replicas.Auto());
        assertThat(experiment.training())
                .isEqualTo(new TrainingSpec(
                        42,
                        new OptimizerSpec.RmsProp(new Schedule.Constant(0.001), 0.9, 0, 1e-7, 0),
                        new Clipping.None(),
                        32,
                        1,
                        Optional.empty(),
                        new AveragingSpec.Every(10),
                        OptimizerStatePolicy.AVERAGE,
                        Compression.NONE,
                        false,
                        StepChoice.AUTO));
        assertThat(experiment.layers())
                .containsExactly(new Dense("dense_1", 4, Activation.Simple.LINEAR, Weights.DEFAULT));
        assertThat(experiment.data().train())
                .isEqualTo(new SourceSpec.Csv(
                        "/experiments/a.csv",
                        true,
                        ",",
                        '"',
                        false,
                        List.of("y"),
                        new Features.All(),
                        List.of(),
                        new Missing(List.of(""), Policy.ERROR)));
    }

    @Test
    void everyOptionOfCsvArrives() {
        Experiment experiment = Given.small()
                .replace(
                        "{format: csv, path: a.csv, target: y}",
                        "{format: csv, path: 'a/*.csv', header: false, delimiter: '\\t', quote: \"'\", multiline: true, target: [-1, 3],"
                                + " drop: 0, categorical: [1, 2], missing: {values: ['?', no], policy: mean}}")
                .parse();

        assertThat(experiment.data().train())
                .isEqualTo(new SourceSpec.Csv(
                        "/experiments/a/*.csv",
                        false,
                        "\t",
                        '\'',
                        true,
                        List.of("-1", "3"),
                        new Features.Drop(List.of("0")),
                        List.of("1", "2"),
                        new Missing(List.of("?", "no"), Policy.MEAN)));
    }

    @Test
    void heldOutDataAreFractionsOrSources() {
        Experiment experiment = Given.small()
                .replace("validation: 0.1", "test: 0.2\n  validation: {format: idx, features: f.gz, labels: l.gz}")
                .parse();

        assertThat(experiment.data().test()).contains(new HeldOut.Fraction(0.2));
        assertThat(experiment.data().validation())
                .contains(new HeldOut.Source(new SourceSpec.Idx("/experiments/f.gz", "/experiments/l.gz")));
    }

    @Test
    void whereTheTargetIsTheInputSourcesNeedNone() {
        Experiment experiment = Given.small()
                .replace("path: a.csv, target: y}", "path: a.csv}\n  targetIsInput: true")
                .replace("validation: 0.1", "validation: {format: idx, features: f}")
                .parse();

        assertThat(experiment.data().targetIsInput()).isTrue();
        assertThat(experiment.data().validation())
                .contains(new HeldOut.Source(new SourceSpec.Idx("/experiments/f", "")));
    }

    @Test
    void scalesAreWordsOrADivisor() {
        assertThat(Given.small().set("data.scale=minMax").parse().data().scale())
                .isEqualTo(new Scale.MinMax());
        assertThat(Given.small().set("data.scale.divideBy=255").parse().data().scale())
                .isEqualTo(new Scale.DivideBy(255));
        assertThat(Given.small()
                        .set("data.targetScale=standardize")
                        .parse()
                        .data()
                        .targetScale())
                .isEqualTo(new Scale.Standardize());
    }

    @Test
    void everyKindOfLayerArrives() {
        Weights weights =
                new Weights(Initializer.HE_NORMAL, new Initializer.Constant(0.1), new Penalty(0, 1e-4), false);
        Experiment experiment = Given.layers(
                        "{conv1d: {filters: 8, kernelSize: 3, strides: 2, padding: same}},"
                                + " {conv2d: {filters: 8, kernelSize: [3, 5], strides: [1, 2], activation: relu}},"
                                + " {maxPooling1d: 3}, {maxPooling2d: {poolSize: [2, 3], padding: same}},"
                                + " {averagePooling1d: {strides: 1}}, averagePooling2d, {flatten: {name: features}},"
                                + " {activation: {function: {elu: {alpha: 0.5}}}}, batchNormalization, {dropout: 0.5},"
                                + " {dense: {units: 10, kernelInitializer: heNormal, biasInitializer: {constant: 0.1}, kernelRegularizer: {l2: 1e-4}, useBias: false}}")
                .parse();

        assertThat(experiment.layers())
                .containsExactly(
                        new Conv1d("conv1d_1", 8, 3, 2, Padding.SAME, Activation.Simple.LINEAR, Weights.DEFAULT),
                        new Conv2d("conv2d_1", 8, 3, 5, 1, 2, Padding.VALID, Activation.Simple.RELU, Weights.DEFAULT),
                        new Pooling1d("max_pooling1d_1", Pooling.MAX, 3, 3, Padding.VALID),
                        new Pooling2d("max_pooling2d_1", Pooling.MAX, 2, 3, 2, 3, Padding.SAME),
                        new Pooling1d("average_pooling1d_1", Pooling.AVERAGE, 2, 1, Padding.VALID),
                        new Pooling2d("average_pooling2d_1", Pooling.AVERAGE, 2, 2, 2, 2, Padding.VALID),
                        new Flatten("features"),
                        new ActivationLayer("activation_1", new Activation.Elu(0.5)),
                        new BatchNormalization("batch_normalization_1", 0.99, 1e-3),
                        new Dropout("dropout_1", 0.5),
                        new Dense("dense_1", 10, Activation.Simple.LINEAR, weights));
    }

    @Test
    void repeatIsExpandedAndDefaultNamesAvoidThoseOfTheFile() {
        Experiment experiment = Given.layers(
                        "{repeat: {times: 2, layers: [{dense: 64}, {dropout: 0.1}]}}, {dense: {units: 3, name: dense_2}}")
                .parse();

        assertThat(experiment.layers())
                .extracting(LayerSpec::name)
                .containsExactly("dense_1", "dropout_1", "dense_3", "dropout_2", "dense_2");
    }

    @Test
    void inputHasOneToThreeDimensions() {
        assertThat(Given.small().set("network.input=[5]").parse().input()).contains(new Shape.Flat(5));
        assertThat(Given.small().set("network.input=[9, 2]").parse().input()).contains(new Shape.Sequence(9, 2));
        assertThat(Given.small().set("network.input=[28, 28, 1]").parse().input())
                .contains(new Shape.Image(28, 28, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "off", "on", "yes", "1e-4", "010", "true"})
    void wordsThatYamlWouldTypeStayTextWhereTextIsExpected(String word) {
        SourceSpec source = Given.small()
                .replace("target: y", "target: " + word)
                .parse()
                .data()
                .train();

        assertThat(source).isInstanceOfSatisfying(SourceSpec.Csv.class, csv -> assertThat(csv.target())
                .containsExactly(word));
    }

    @Test
    void autoReplicasAreSlotsButFourBatchesEach() {
        Replicas auto = new Replicas.Auto();

        assertThat(auto.count(10_000, 32, 8)).isEqualTo(8);
        assertThat(auto.count(300, 32, 8)).isEqualTo(2);
        assertThat(auto.count(4, 32, 8)).isEqualTo(1);
        assertThat(Given.small().set("cluster.replicas=3").parse().replicas().count(4, 32, 1))
                .isEqualTo(3);
    }

    @Test
    void theNetworkTakesTheShapeThatIsAsked() {
        Experiment experiment = Given.small().parse();

        assertThat(experiment.network(new Shape.Flat(7)).input()).isEqualTo(new Shape.Flat(7));
        assertThat(experiment.network(new Shape.Flat(7)).layers()).isEqualTo(experiment.layers());
    }
}
