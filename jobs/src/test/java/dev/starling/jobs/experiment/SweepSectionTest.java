package dev.starling.jobs.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.starling.driver.selection.search.Budget;
import dev.starling.driver.selection.search.Objective;
import dev.starling.driver.selection.search.Objective.Measured;
import dev.starling.driver.selection.search.SweepSpec;
import dev.starling.driver.selection.search.halving.EarlyTermination;
import dev.starling.driver.selection.search.sampler.Search;
import dev.starling.driver.selection.search.space.Choice;
import dev.starling.driver.selection.search.space.Dimension;
import dev.starling.driver.selection.search.space.Parameter;
import dev.starling.driver.selection.search.space.Point;
import dev.starling.driver.selection.search.space.Setting;
import dev.starling.driver.selection.search.space.Space;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.optimizer.OptimizerSpec;
import dev.starling.worker.optimizer.Schedule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SweepSectionTest {
    private static Space space(String space) {
        return parse(Given.sweep(space)).space();
    }

    private static SweepSpec parse(Given given) {
        return ExperimentParser.parseSweep(given.source()).sweep().orElseThrow();
    }

    private static List<String> problems(Given given) {
        InvalidInput invalid =
                catchThrowableOfType(InvalidInput.class, () -> ExperimentParser.parseSweep(given.source()));
        return invalid == null ? List.of() : invalid.problems();
    }

    @Test
    void everyKindOfRangeIsRead() {
        Space space = space(
                """
                seed: {integer: [1, 100]}
                network.layers[0].repeat.times: {integer: [1, 4]}
                network.layers[0].repeat.layers[0].dense.units: {integer: [8, 64], step: 8}
                network.layers[0].repeat.layers[1].dropout.rate: {uniform: [0, 0.5], step: 0.1}
                training.batchSize: {integer: [8, 512], log: true}
                training.optimizer.rmsprop.rho: {uniform: [0.1, 0.3]}
                training.optimizer.rmsprop.learningRate: {logUniform: [1e-4, 1e-1]}
                training.loss: {choice: [meanSquaredError, meanAbsoluteError]}
                """);

        assertThat(space.parameters())
                .containsExactly(
                        new Parameter("seed", new Dimension.Whole(1, 100, 1, false)),
                        new Parameter("network.layers[0].repeat.times", new Dimension.Whole(1, 4, 1, false)),
                        new Parameter(
                                "network.layers[0].repeat.layers[0].dense.units", new Dimension.Whole(8, 64, 8, false)),
                        new Parameter(
                                "network.layers[0].repeat.layers[1].dropout.rate",
                                new Dimension.Uniform(0, 0.5, OptionalDouble.of(0.1))),
                        new Parameter("training.batchSize", new Dimension.Whole(8, 512, 1, true)),
                        new Parameter(
                                "training.optimizer.rmsprop.rho",
                                new Dimension.Uniform(0.1, 0.3, OptionalDouble.empty())),
                        new Parameter("training.optimizer.rmsprop.learningRate", new Dimension.LogUniform(1e-4, 1e-1)),
                        new Parameter(
                                "training.loss",
                                new Choice(List.of(
                                        new Choice.Option("meanSquaredError", "meanSquaredError", List.of()),
                                        new Choice.Option("meanAbsoluteError", "meanAbsoluteError", List.of())))));
    }

    private static final String OPTIMIZERS =
            "training.optimizer: {choice: [{adam: {learningRate: {logUniform: [1e-4, 1e-2]}, beta1: 0.8}}, {sgd: {learningRate: 0.1}}, rmsprop]}";

    @Test
    void optionsMayBeSectionsWithRangesInside() {
        Parameter rate = new Parameter("training.optimizer.adam.learningRate", new Dimension.LogUniform(1e-4, 1e-2));

        assertThat(space(OPTIMIZERS).parameters())
                .containsExactly(new Parameter(
                        "training.optimizer",
                        new Choice(List.of(
                                new Choice.Option("adam", "{adam: {learningRate: ~, beta1: 0.8}}", List.of(rate)),
                                new Choice.Option("sgd", "{sgd: {learningRate: 0.1}}", List.of()),
                                new Choice.Option("rmsprop", "rmsprop", List.of())))));
    }

    @Test
    void anOptionMayHoldSeveralRanges() {
        String sgd =
                "training.optimizer: {choice: [{sgd: {learningRate: {uniform: [0.1, 1]}, momentum: {uniform: [0, 0.9]}}}]}";

        assertThat(problems(Given.sweep(sgd))).isEmpty();
        assertThat(problems(Given.sweep(sgd.replace("momentum", "mometum"))))
                .singleElement()
                .asString()
                .endsWith("training.optimizer.sgd.mometum: unknown key (expected momentum)");
    }

    @Test
    void optionsThatBeginAlikeAreTold() {
        Space space = space("network.layers[1]: {choice: [{dense: {units: 1}}, {dense: {units: 1, useBias: false}}]}");

        assertThat(((Choice) space.parameters().get(0).dimension()).options())
                .extracting(Choice.Option::label)
                .containsExactly("{dense: {units: 1}}", "{dense: {units: 1, useBias: false}}");
    }

    @Test
    void aPointIsAppliedAsOverridesAre() {
        Experiment whole = ExperimentParser.parseSweep(Given.sweep(OPTIMIZERS).source());
        Point point = whole.sweep()
                .orElseThrow()
                .space()
                .parse(Map.of("training.optimizer", "adam", "training.optimizer.adam.learningRate", "0.001"));

        Experiment trial = ExperimentParser.trial(whole.resolved(), point.overrides());

        assertThat(trial.training().optimizer())
                .isEqualTo(new OptimizerSpec.Adam(new Schedule.Constant(0.001), 0.8, 0.999, 1e-7, 0));
        assertThat(trial.layers()).isEqualTo(whole.layers());
        assertThat(trial.sweep()).isEmpty();
    }

    @Test
    void theNumberOfLayersAndWhatIsInThemCanBeSearched() {
        Experiment whole = ExperimentParser.parseSweep(Given.sweep(
                        """
                        network.layers[0].repeat.times: {integer: [1, 4]}
                        network.layers[0].repeat.layers[0].dense.units: {integer: [8, 64]}
                        """)
                .source());

        Experiment trial = ExperimentParser.trial(
                whole.resolved(),
                List.of("network.layers[0].repeat.times=3", "network.layers[0].repeat.layers[0].dense.units=16"));

        assertThat(trial.layers()).hasSize(7);
    }

    @Test
    void aPointThatMakesTheExperimentInvalidIsToldByItsOverride() {
        Experiment whole = ExperimentParser.parseSweep(
                Given.sweep("network.layers[0].repeat.layers[1].dropout.rate: {uniform: [0.5, 1.5]}")
                        .source());

        assertThatThrownBy(() -> ExperimentParser.trial(
                        whole.resolved(), List.of("network.layers[0].repeat.layers[1].dropout.rate=1.25")))
                .hasMessage(
                        "--set network.layers[0].repeat.layers[1].dropout.rate=1.25:"
                                + " network.layers[0].repeat.layers[1].dropout.rate: 1.25 (expected a number, from 0 to below 1)");
    }

    @Test
    void theOtherKeysHaveTheirForms() {
        SweepSpec spec = parse(Given.sweep(OPTIMIZERS)
                .set("sweep.search=random")
                .set("sweep.maxTime=2h")
                .set("sweep.maxEpochs=1000")
                .set("sweep.maxFailed=0")
                .set("sweep.objective.maximize=validation.mae")
                .set("sweep.earlyTermination={asha: {minEpochs: 2}}")
                .set("sweep.seedsPerTrial=3")
                .set("sweep.startingPoints=[{training.optimizer: sgd}, {training.optimizer.adam.learningRate: 1e-3}]"));

        assertThat(spec.search()).isEqualTo(new Search.Random());
        assertThat(spec.budget())
                .isEqualTo(new Budget(OptionalInt.of(5), Optional.of(Duration.ofHours(2)), OptionalLong.of(1000), 0));
        assertThat(spec.objective()).isEqualTo(new Objective(true, Measured.VALIDATION, "mae"));
        assertThat(spec.earlyTermination()).isEqualTo(new EarlyTermination.Asha(2, 3));
        assertThat(spec.seedsPerTrial()).isEqualTo(3);
        assertThat(spec.startingPoints())
                .containsExactly(
                        Map.of("training.optimizer", new Setting.Chosen(1, "sgd", "{sgd: {learningRate: 0.1}}")),
                        Map.of("training.optimizer.adam.learningRate", new Setting.Real(0.001)));
    }

    @Test
    void aSweepAsItWasUnderstoodIsUnderstoodTheSame() {
        Experiment once = ExperimentParser.parseSweep(Given.sweep(OPTIMIZERS
                        + "\ntraining.batchSize: {integer: [8, 512], log: true}"
                        + "\nnetwork.layers[0].repeat.layers[1].dropout.rate: {uniform: [0, 0.5], step: 0.1}"
                        + "\nseed: {choice: [1, \"2\"]}"
                        + "\nnetwork.layers[1].dense.kernelRegularizer.l2: {choice: [0.0001, 1e-3]}")
                .set("sweep.startingPoints=[{training.batchSize: 16}]")
                .source());
        Experiment again = ExperimentParser.parseSweep(
                new ExperimentText("y.yaml", once.resolved().text(), "/other", List.of(), Map.of()));

        assertThat(again).isEqualTo(once);
        assertThat(again.sweep().orElseThrow().space().toString())
                .contains("1.0E-4")
                .isEqualTo(once.sweep().orElseThrow().space().toString());
    }
}
