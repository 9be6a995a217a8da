package dev.starling.jobs.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.starling.worker.InvalidInput;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a sweep is told with its place. */
class WrongSweepTest {
    private static List<String> problems(Given given) {
        InvalidInput invalid =
                catchThrowableOfType(InvalidInput.class, () -> ExperimentParser.parseSweep(given.source()));
        return invalid == null ? List.of() : invalid.problems();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "training.epochs: 3 | training.epochs: 3 (expected {uniform: [a, b]}, {logUniform: [a, b]}, {integer: [a, b]} or {choice: [a, b, …]})",
                "seed: {uniform: [2, 1]} | seed: uniform [2, 1] (expected [low, high] with low below high)",
                "seed: {uniform: [1]} | seed.uniform: a list of 1 (expected [low, high])",
                "seed: {logUniform: [0, 1]} | seed: logUniform [0, 1] (expected bounds above 0)",
                "seed: {integer: [1.5, 3]} | seed.integer[0]: 1.5 (expected a whole number)",
                "seed: {integer: [1, 9], log: true, step: 2} | seed: integer [1, 9] in steps of 2 (expected no step beside log)",
                "seed: {choice: []} | seed: choice of nothing (expected options)",
                "seed: {choice: [1, 1]} | seed: choice of 1 twice (expected every option once)",
                "seed: {choice: [1], uniform: [1, 2]} | seed: {choice, uniform} (expected {uniform: [a, b]}, {logUniform: [a, b]}, {integer: [a, b]} or {choice: [a, b, …]})",
                "seed: {uniform: [1, 2], stepp: 1} | seed.stepp: unknown key (expected step)",
                "cluster.replicas: {integer: [1, 9]} | cluster.replicas: a key that all trials share (expected a key of network or training, or seed; of data only scale, targetScale, pseudoLabels, products, and of train features, drop, categorical and missing)",
                "data.validation: {uniform: [0.1, 0.3]} | data.validation: a key that says which rows and targets trials are compared by (expected of data only scale, targetScale, pseudoLabels, products, and of train features, drop, categorical and missing)",
                "training.units: {integer: [1, 9]} | training.units: unknown key (expected network.layers[].dense.units)",
                "trainin.epochs: {integer: [1, 9]} | trainin.epochs: trainin: unknown key (expected training)",
                "network.layers[7].dense: {integer: [1, 9]} | network.layers[7].dense: network.layers[7]: no such entry (expected 0 to 1)",
                "training.loss: {choice: [mse, mae]} | training.loss: mse (expected one of categoricalCrossentropy, binaryCrossentropy, meanSquaredError, meanAbsoluteError",
                "training.optimizer.sgd.learningRate: {uniform: [0, 1]} | training.optimizer.sgd.learningRate: training.optimizer: {rmsprop, sgd} (expected one of",
            })
    void aSpaceThatCannotBeSearchedIsTold(String space, String problem) {
        assertThat(problems(Given.sweep(space)))
                .singleElement()
                .asString()
                .matches("x\\.yaml:[0-9]+: .*")
                .contains("sweep.space." + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sweep.objective={maximize: validation.accuracy} | accuracy, which is not followed (expected loss, or one of training.metrics)",
                "sweep.objective={maximize: validation.acuracy} | validation.acuracy (expected validation or mean, a dot, and loss or a metric, such as validation.loss)",
                "sweep.objective={minimize: mean.loss} | mean.loss without folds (expected crossValidation, or a value of validation)",
                "sweep.earlyTermination={asha: {minEpochs: 10}} | minEpochs 10 (expected at most training.epochs, 9)",
                "sweep.search=grid | a grid over a range without steps (expected choice, integer or uniform with step, or search: random)",
                "sweep.startingPoints=[{training.batchSize: 32}] | 32 (expected a path of the space)",
                "sweep.startingPoints=[{training.optimizer.rmsprop.rho: 0.9}] | 0.9 (expected uniform [0.1, 0.3])",
                "sweep.space={training.epochs: {integer: [1, 2]}, training: {choice: [1, 2]}} | training beside training.epochs (expected paths that do not lie in each other)",
                "sweep.space={} | empty (expected at least one path with its range)",
            })
    void whatDoesNotFitTogetherIsTold(String override, String problem) {
        assertThat(problems(Given.sweep("training.optimizer.rmsprop.rho: {uniform: [0.1, 0.3]}")
                        .set(override)))
                .singleElement()
                .asString()
                .contains(problem);
    }

    @Test
    void aGridThatIsTooLargeSaysHowLarge() {
        String space = "seed: {integer: [1, 1000]}\ntraining.batchSize: {integer: [1, 1000]}";

        assertThat(problems(Given.sweep(space).set("sweep.search=grid")))
                .containsExactly(
                        "x.yaml:14: sweep.space: a grid of 1,000,000 points (expected at most 100,000: fewer values, or search: random)");
        assertThat(problems(Given.sweep("seed: {integer: [1, 1000]}").set("sweep.search=grid")))
                .containsExactly(
                        "x.yaml:13: sweep.trials: 5 of a grid of 1,000 points (expected as many as points, or this key to be left out)");
    }

    @Test
    void aSweepNeedsALimitAndASection() {
        assertThat(problems(Given.sweep("seed: {integer: [1, 1000]}").replace("  trials: 5\n", "")))
                .containsExactly(
                        "x.yaml:12: sweep.trials: missing (expected how many trials, or maxTime or maxEpochs)");
        assertThat(problems(Given.small()))
                .containsExactly("x.yaml:1: sweep: missing (expected a section with a space, to sweep)");
    }

    @Test
    void problemsOfASpaceComeTogether() {
        assertThat(problems(Given.sweep("seed: {uniform: [2, 1]}\ntraining.batchSize: {logUniform: [-1, 1]}")))
                .hasSize(2);
    }

    @Test
    void trialsOfDifferentLengthsAreNotComparedEarly() {
        Given given = Given.sweep("training.epochs: {integer: [1, 9]}");

        assertThat(problems(given)).isEmpty();
        assertThat(problems(given.set("sweep.earlyTermination=median")))
                .singleElement()
                .asString()
                .contains("beside training.epochs in the space (expected none, or trials of the same length)");
    }
}
