package dev.starling.jobs.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrongExperimentTest {
    @Test
    void allProblemsComeAtOnceInTheOrderOfTheFile() {
        String text =
                """
                seed: 1.5
                dta:
                  train: {format: csv, path: a.csv, target: y}
                network:
                  layers:
                    - dense: 0
                    - dens: 3
                training:
                  loss: mse
                  epoch: 3
                  batchSize: "32"
                """;

        assertThat(Given.text(text).problems())
                .containsExactly(
                        "x.yaml:1: seed: 1.5 (expected a whole number)",
                        "x.yaml:1: data.train: missing (expected a source, such as {format: csv, path: a.csv, target: class})",
                        "x.yaml:2: dta: unknown key (expected data)",
                        "x.yaml:6: network.layers[0].dense.units: 0 (expected a whole number, at least 1)",
                        "x.yaml:7: network.layers[1]: dens (expected one of dense, conv1d, conv2d, maxPooling1d, maxPooling2d, averagePooling1d,"
                                + " averagePooling2d, flatten, reshape, upSampling2d, activation, batchNormalization, dropout, gaussianNoise, gaussianDropout, prelu, upSampling1d, zeroPadding1d, zeroPadding2d, globalMaxPooling1d, globalMaxPooling2d, globalAveragePooling1d, globalAveragePooling2d, add, concatenate, repeat; the nearest is dense)",
                        "x.yaml:9: training.loss: mse (expected one of categoricalCrossentropy, binaryCrossentropy, meanSquaredError, meanAbsoluteError, meanSquaredLogarithmicError, meanAbsolutePercentageError, huber, logCosh, hinge, squaredHinge, poisson, klDivergence, perceptron; the nearest is meanSquaredError)",
                        "x.yaml:10: training.epoch: unknown key (expected epochs)",
                        "x.yaml:11: training.batchSize: \"32\" (expected a whole number, at least 1)");
    }

    @Test
    void aKeyOfAnotherSectionIsPointedTo() {
        assertThat(Given.small().set("cluster.batchSize=3").problems())
                .containsExactly(
                        "--set cluster.batchSize=3: cluster.batchSize: unknown key (expected training.batchSize)");
    }

    @Test
    void aKeyLikeNoOtherIsToldWhatThereIs() {
        assertThat(Given.small().set("cluster.zzzzzz=3").problems())
                .containsExactly(
                        "--set cluster.zzzzzz=3: cluster.zzzzzz: unknown key"
                                + " (expected one of replicas, averaging, optimizerState, compression, overlap, checkpoint, peerTimeout, retries)");
    }

    @Test
    void aKeyWrittenTwiceIsAnError() {
        assertThat(Given.training("epochs: 1\nepochs: 2").problems())
                .containsExactly("x.yaml:10: training.epochs: written twice (expected once, as at x.yaml:9)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "training.batchSize=0 | a whole number, at least 1",
                "training.batchSize=3000000000 | a whole number, at least 1",
                "training.epochs=many | a whole number, at least 1",
                "training.optimizer.sgd.momentum=1 | a number, from 0 to below 1",
                "training.optimizer.sgd.learningRate=-0.1 | a number above 0",
                "training.optimizer.sgd.learningRate=1e999 | a number above 0",
                "training.optimizer.sgd.nesterov=no | true or false",
                "network.layers[0].dense.useBias=yes | true or false",
                "network.layers=[] | at least one layer",
                "network.layers=dense | a list of layers",
                "network.input=[1, 2, 3, 4] | [n], [length, channels] or [height, width, channels], at most 2147483647 values",
                "network.input=[100000, 100000] | [n], [length, channels] or [height, width, channels], at most 2147483647 values",
                "data.validation=1 | a number between 0 and 1",
                "data.test=0 | a number between 0 and 1",
                "data.scale.divideBy=0 | a number, not 0",
                "data.train.delimiter=ab | one character, \\t or whitespace",
                "data.train.missing.policy=ignore | one of error, drop, mean",
                "data.train=3 | a section with keys",
                "cluster.replicas=0 | a whole number, at least 1",
                "cluster.replicas=two | one of a whole number, at least 1, auto",
                "cluster.replicas=aut | one of a whole number, at least 1, auto; the nearest is auto",
                "cluster.averaging=5 | one of {every: …}, postLocal, slowMo, diLoCo",
                "cluster.averaging.slowMo.momentum=1 | a number, from 0 to below 1",
                "cluster.averaging.diLoCo.learningRate=0 | a number above 0",
                "cluster.overlap=1 | true or false",
                "cluster.averaging.every=0 | a whole number, at least 1",
                "cluster.averaging.postLocal.epochs=-1 | a whole number, at least 0",
                "cluster.averaging.postLocal.every=0 | a whole number, at least 1",
                "cluster.compression=zip | one of none, fp16",
                "name=a b | letters, digits, - and _",
                "training.gradientClipping.norm=0 | a number above 0",
                "network.layers[0].dense.activation.leakyRelu.alpha=1 | a number, from 0 to below 1",
            })
    void everyValueHasItsRange(String override, String expected) {
        assertThat(Given.small().set(override).problems()).singleElement().satisfies(problem -> assertThat(problem)
                .startsWith("--set " + override + ": ")
                .contains("(expected " + expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "crossValidation.folds=1 | crossValidation.folds: 1 (expected a whole number, at least 2)",
                "crossValidation.folds=some | crossValidation.folds: some (expected one of a whole number, at least 2, leaveOneOut)",
                "crossValidation={groupBy: a, orderBy: b} | crossValidation.orderBy: beside groupBy (expected one of the two)",
                "crossValidation={folds: leaveOneOut, repeats: 2} | crossValidation.repeats: 2 beside folds: leaveOneOut"
                        + " (expected 1, as the folds are the same each time)",
                "crossValidation={folds: leaveOneOut, orderBy: day} | crossValidation.orderBy: beside folds: leaveOneOut"
                        + " (expected a number of folds)",
                "crossValidation={bootstrap: 5, folds: 3} | crossValidation.folds: beside bootstrap (expected one of the two)",
                "crossValidation={bootstrap: 5, nested: true} | crossValidation.nested: beside bootstrap (expected false, or folds)",
                "crossValidation={bootstrap: 1} | crossValidation.bootstrap: 1 (expected a whole number, at least 2)",
                "crossValidation.fold=3 | crossValidation.fold: unknown key (expected folds)"
            })
    void foldsThatCannotBeLaidAreTold(String override, String problem) {
        assertThat(Given.small().set(override).problems())
                .singleElement()
                .asString()
                .endsWith(problem);
    }

    @Test
    void metricsFitTheLoss() {
        assertThat(Given.training("metrics: [accuracy]").problems())
                .containsExactly("x.yaml:9: training.metrics[0]: accuracy of numbers"
                        + " (expected a metric of numbers, or a cross-entropy as the loss)");
        assertThat(Given.training("metrics: [rmse]")
                        .set("training.loss=binaryCrossentropy")
                        .problems())
                .containsExactly("x.yaml:9: training.metrics[0]: rmse of classes"
                        + " (expected a metric of classes, or meanSquaredError as the loss)");
    }

    @Test
    void earlyStoppingNeedsWhatItWatches() {
        assertThat(Given.training("earlyStopping: {patience: 2}")
                        .replace("  validation: 0.1\n", "")
                        .problems())
                .containsExactly("x.yaml:8: training.earlyStopping.monitor: validation.loss without validation data"
                        + " (expected data.validation, or a value of train)");
        assertThat(Given.training("earlyStopping: {monitor: validation.rmse}").problems())
                .containsExactly("x.yaml:9: training.earlyStopping.monitor: rmse, which is not followed"
                        + " (expected loss, or one of training.metrics)");
        assertThat(Given.training("earlyStopping: {monitor: test.loss}").problems())
                .containsExactly("x.yaml:9: training.earlyStopping.monitor: test.loss"
                        + " (expected train or validation, a dot, and loss or a metric, such as validation.loss)");
    }

    @Test
    void classesHaveOneTargetThatIsNotScaled() {
        assertThat(Given.small()
                        .set("training.loss=categoricalCrossentropy")
                        .set("data.targetScale=standardize")
                        .set("data.train.target=[y, z]")
                        .problems())
                .containsExactly(
                        "--set data.targetScale=standardize: data.targetScale: beside categoricalCrossentropy"
                                + " (expected none, as the target is classes)",
                        "--set data.train.target=[y, z]: data.train.target: several columns beside categoricalCrossentropy"
                                + " (expected one column, as the target is classes)");
    }

    @Test
    void sourcesNeedTheirKeys() {
        assertThat(Given.small()
                        .replace("{format: csv, path: a.csv, target: y}", "{format: csv}")
                        .problems())
                .containsExactly(
                        "x.yaml:2: data.train.path: missing (expected a path)",
                        "x.yaml:2: data.train.target: missing (expected a column, or a list of them)");
        assertThat(Given.small()
                        .replace("{format: csv, path: a.csv, target: y}", "{format: idx, features: f}")
                        .problems())
                .containsExactly("x.yaml:2: data.train.labels: missing (expected a path)");
        assertThat(Given.small()
                        .replace("{format: csv, path: a.csv, target: y}", "{format: parquet, path: a}")
                        .problems())
                .containsExactly("x.yaml:2: data.train.format: parquet (expected one of csv, idx)");
    }

    @Test
    void columnsMustBePossible() {
        assertThat(Given.small().set("data.train.header=false").problems())
                .containsExactly("x.yaml:2: data.train.target: y"
                        + " (expected column numbers from 0, -1 the last, as there is no header)");
        assertThat(Given.small().set("data.train.features=[a, y, a]").problems())
                .containsExactly(
                        "--set data.train.features=[a, y, a]: data.train.features: y, which is the target (expected other columns)",
                        "--set data.train.features=[a, y, a]: data.train.features: a twice (expected each column once)");
        assertThat(Given.small()
                        .set("data.train.features=a")
                        .set("data.train.drop=b")
                        .problems())
                .containsExactly(
                        "--set data.train.drop=b: data.train.drop: beside features (expected features or drop, not both)");
    }

    @Test
    void layerNamesAreUnique() {
        assertThat(Given.layers("{dense: {units: 3, name: a}}, {dropout: {rate: 0.1, name: a}}")
                        .problems())
                .containsExactly(
                        "x.yaml:5: network.layers[1].dropout.name: a twice (expected another name for each layer)");
    }

    @Test
    void anEntryIsOneLayer() {
        assertThat(Given.layers("{dense: 3, dropout: 0.1}").problems())
                .singleElement()
                .asString()
                .startsWith("x.yaml:5: network.layers[0]: {dense, dropout} (expected one of dense, conv1d, ");
    }

    @Test
    void schedulesMustFitTogether() {
        assertThat(Given.training(
                                "optimizer: {sgd: {learningRate: {piecewiseConstant: {boundaries: [5, 5], values: [1, 2]}}}}")
                        .problems())
                .containsExactly(
                        "x.yaml:9: training.optimizer.sgd.learningRate.piecewiseConstant.boundaries: 5 before 5 (expected increasing numbers)",
                        "x.yaml:9: training.optimizer.sgd.learningRate.piecewiseConstant.values: 2 values (expected one more than boundaries, 3)");
        assertThat(Given.training(
                                "optimizer: {sgd: {decay: 0.1, learningRate: {cosineDecay: {initialLearningRate: 1, decaySteps: 9}}}}")
                        .problems())
                .containsExactly("x.yaml:9: training.optimizer.sgd.decay: 0.1 beside a schedule"
                        + " (expected a schedule as learningRate, or decay, not both)");
    }
}
