package dev.starling.jobs.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.worker.averaging.AveragingSpec;
import dev.starling.worker.data.Augmentation;
import dev.starling.worker.gang.TrainingSpec;
import dev.starling.worker.gang.TrainingSpec.EarlyStopping;
import dev.starling.worker.gang.TrainingSpec.OptimizerStatePolicy;
import dev.starling.worker.network.LabelSmoothing;
import dev.starling.worker.optimizer.Clipping;
import dev.starling.worker.optimizer.OptimizerSpec;
import dev.starling.worker.optimizer.Schedule;
import dev.starling.worker.step.StepChoice;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingSectionTest {
    @Test
    void everyOptimizerArrives() {
        Schedule rate = new Schedule.Constant(0.5);
        assertThat(optimizer("{sgd: {learningRate: 0.5, momentum: 0.9, nesterov: true, weightDecay: 0.1}}"))
                .isEqualTo(new OptimizerSpec.Sgd(rate, 0.9, true, 0.1));
        assertThat(optimizer("adagrad"))
                .isEqualTo(new OptimizerSpec.Adagrad(new Schedule.Constant(0.001), 0.1, 1e-7, 0));
        assertThat(optimizer("{rmsprop: {learningRate: 0.5, rho: 0.8, momentum: 0.1}}"))
                .isEqualTo(new OptimizerSpec.RmsProp(rate, 0.8, 0.1, 1e-7, 0));
        assertThat(optimizer("{adam: {learningRate: 0.5, beta1: 0.8}}"))
                .isEqualTo(new OptimizerSpec.Adam(rate, 0.8, 0.999, 1e-7, 0));
        assertThat(optimizer("{amsgrad: {learningRate: 0.5, biasCorrection: false}}"))
                .isEqualTo(new OptimizerSpec.AmsGrad(rate, 0.9, 0.999, 1e-7, false, 0));
    }

    @Test
    void decayIsInverseTimeDecayPerBatch() {
        assertThat(optimizer("{sgd: {learningRate: 0.01, decay: 4e-4}}").learningRate())
                .isEqualTo(new Schedule.InverseTimeDecay(0.01, 1, 4e-4, false));
    }

    @Test
    void everyScheduleArrives() {
        assertThat(
                        schedule(
                                "{exponentialDecay: {initialLearningRate: 0.1, decaySteps: 100, decayRate: 0.9, staircase: true}}"))
                .isEqualTo(new Schedule.ExponentialDecay(0.1, 100, 0.9, true));
        assertThat(schedule("{inverseTimeDecay: {initialLearningRate: 0.1, decaySteps: 100, decayRate: 0.9}}"))
                .isEqualTo(new Schedule.InverseTimeDecay(0.1, 100, 0.9, false));
        assertThat(schedule("{piecewiseConstant: {boundaries: [10, 20], values: [1, 0.1, 1e-2]}}"))
                .isEqualTo(new Schedule.PiecewiseConstant(List.of(10L, 20L), List.of(1.0, 0.1, 0.01)));
        assertThat(schedule("{cosineDecay: {initialLearningRate: 0.1, decaySteps: 100, alpha: 0.2}}"))
                .isEqualTo(new Schedule.CosineDecay(0.1, 100, 0.2));
    }

    @Test
    void clippingStoppingAndClusterArrive() {
        TrainingSpec training = Given.training(
                        "gradientClipping: {globalNorm: 1}\nstep: reference\n"
                                + "earlyStopping: {monitor: validation.rmse, patience: 5, minDelta: 0.1, restoreBest: true}\nmetrics: [rmse]")
                .set("cluster.averaging.every=3")
                .set("cluster.optimizerState=reset")
                .set("cluster.overlap=true")
                .parse()
                .training();

        assertThat(training.clipping()).isEqualTo(new Clipping.GlobalNorm(1));
        assertThat(training.step()).isEqualTo(StepChoice.REFERENCE);
        assertThat(training.earlyStopping()).contains(new EarlyStopping("validation", "rmse", 5, 0.1, true));
        assertThat(training.averaging()).isEqualTo(new AveragingSpec.Every(3));
        assertThat(training.optimizerState()).isEqualTo(OptimizerStatePolicy.RESET);
        assertThat(training.overlap()).isTrue();
    }

    @Test
    void everyAveragingArrives() {
        assertThat(averaging("{every: 1}")).isEqualTo(new AveragingSpec.Every(1));
        assertThat(averaging("{postLocal: {epochs: 3, every: 7}}")).isEqualTo(new AveragingSpec.PostLocal(3, 7));
        assertThat(averaging("{slowMo: {every: 7, learningRate: 0.9, momentum: 0.4}}"))
                .isEqualTo(new AveragingSpec.SlowMo(7, 0.9, 0.4));
        assertThat(averaging("{diLoCo: {every: 7, learningRate: 0.9, momentum: 0.4}}"))
                .isEqualTo(new AveragingSpec.DiLoCo(7, 0.9, 0.4));
    }

    @Test
    void augmentationArrives() {
        assertThat(Given.training("augmentation: {rotate: 10, shift: 0.1, mirror: horizontal, zoom: 0.2, noise: 0.05}")
                        .parse()
                        .training()
                        .extras()
                        .augmentation())
                .isEqualTo(new Augmentation(10, 0.1, Augmentation.Mirror.HORIZONTAL, 0.2, 0.05));
        assertThat(Given.training("epochs: 1").parse().training().extras().augmentation())
                .isEqualTo(Augmentation.NONE);
    }

    @Test
    void labelsAreSmoothedAsKerasOrAsTheNotesAndOnlyThoseOfACrossEntropy() {
        Given classes = Given.small().set("training.loss=categoricalCrossentropy");
        assertThat(classes.set("training.labelSmoothing=0.1").parse().smoothing())
                .isEqualTo(new LabelSmoothing.Everywhere(0.1));
        assertThat(classes.set("training.labelSmoothing={others: 0.2}").parse().smoothing())
                .isEqualTo(new LabelSmoothing.Others(0.2));
        assertThat(Given.training("labelSmoothing: 0.1").problems())
                .containsExactly(
                        "x.yaml:9: training.labelSmoothing: beside meanSquaredError (expected a cross-entropy as the loss)");
        assertThat(classes.set("training.labelSmoothing=1").problems())
                .singleElement()
                .asString()
                .endsWith("training.labelSmoothing: 1 (expected a number, from 0 to below 1)");
    }

    private static AveragingSpec averaging(String yaml) {
        return Given.training("epochs: 1")
                .set("cluster.averaging=" + yaml)
                .parse()
                .training()
                .averaging();
    }

    private static OptimizerSpec optimizer(String yaml) {
        return Given.training("optimizer: " + yaml).parse().training().optimizer();
    }

    private static Schedule schedule(String yaml) {
        return optimizer("{sgd: {learningRate: " + yaml + "}}").learningRate();
    }

    @ParameterizedTest
    @CsvSource({
        "mse, meanSquaredError",
        "MAE, meanAbsoluteError",
        "bce, binaryCrossentropy",
        "cce, categoricalCrossentropy",
        "mean_squared_error, meanSquaredError",
    })
    void shortNamesOfALossAreKnownWell(String written, String meant) {
        assertThat(Given.small().set("training.loss=" + written).problems())
                .singleElement()
                .asString()
                .endsWith("; the nearest is " + meant + ")");
    }
}
