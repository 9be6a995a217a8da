package dev.starling.tests.dropin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.starling.driver.dl4j.StarlingTrainingMaster;
import dev.starling.worker.exchange.TrainingFailed;
import dev.starling.worker.step.StepChoice;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;

/** The planned step under a DL4J user's configuration gives what DL4J's own fit gives, up to rounding, in parameters, updater state and score; what it does not know it leaves to DL4J. */
@ExtendWith(PlainSpark.class)
class PlannedStepTest {
    private static final int EXAMPLES = 100;
    private static final int BATCH = 9;

    private static NeuralNetConfiguration.Builder start(IUpdater updater) {
        return new NeuralNetConfiguration.Builder().seed(4).updater(updater).activation(Activation.RELU);
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder(LossFunction.NEGATIVELOGLIKELIHOOD)
                .nOut(Waves.CLASSES)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private static MultiLayerConfiguration dense(IUpdater updater) {
        return start(updater)
                .list()
                .layer(new DenseLayer.Builder().nOut(9).build())
                .layer(output())
                .setInputType(InputType.feedForward(Waves.FEATURES))
                .build();
    }

    private static MultiLayerConfiguration penalized(IUpdater updater) {
        return start(updater)
                .l2(0.01)
                .l1(0.002)
                .list()
                .layer(new DenseLayer.Builder()
                        .nOut(9)
                        .activation(Activation.TANH)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .nOut(Waves.CLASSES)
                        .activation(Activation.IDENTITY)
                        .build())
                .setInputType(InputType.feedForward(Waves.FEATURES))
                .build();
    }

    private static MultiLayerConfiguration convolutional(IUpdater updater) {
        return start(updater)
                .list()
                .layer(new ConvolutionLayer.Builder(2, 2)
                        .nOut(5)
                        .convolutionMode(ConvolutionMode.Same)
                        .build())
                .layer(new BatchNormalization.Builder().useLogStd(false).build())
                .layer(new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                        .kernelSize(2, 1)
                        .stride(2, 1)
                        .build())
                .layer(new DenseLayer.Builder().nOut(7).build())
                .layer(output())
                .setInputType(InputType.convolutionalFlat(2, 3, 1))
                .build();
    }

    static Stream<Arguments> cases() {
        List<Supplier<IUpdater>> updaters = List.of(
                () -> new Sgd(0.1),
                () -> new Nesterovs(0.03, 0.9),
                () -> new AMSGrad(0.01),
                () -> new Adam(new StepSchedule(ScheduleType.ITERATION, 0.02, 0.5, 7)));
        return updaters.stream()
                .flatMap(updater ->
                        Stream.of(dense(updater.get()), penalized(updater.get()), convolutional(updater.get())))
                .map(Arguments::of);
    }

    private static StarlingTrainingMaster master(int workers, StepChoice step) {
        return StarlingTrainingMaster.builder(workers, BATCH)
                .batchSizePerWorker(BATCH)
                .averagingFrequency(2)
                .step(step)
                .build();
    }

    private static SparkDl4jMultiLayer train(
            JavaSparkContext spark, MultiLayerConfiguration network, int workers, StepChoice step) {
        SparkDl4jMultiLayer trained = new SparkDl4jMultiLayer(spark, network.clone(), master(workers, step));
        for (int epoch = 0; epoch < 2; epoch++) {
            trained.fit(spark.parallelize(Waves.sets(EXAMPLES, 7), 3));
        }
        return trained;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void plannedIsDl4jsOwnUpToRounding(MultiLayerConfiguration network, JavaSparkContext spark) {
        SparkDl4jMultiLayer planned = train(spark, network, 3, StepChoice.PLANNED);
        SparkDl4jMultiLayer own = train(spark, network, 3, StepChoice.REFERENCE);
        MultiLayerNetwork untrained = new MultiLayerNetwork(network.clone());
        untrained.init();
        float[] expected = own.getNetwork().params().toFloatVector();
        assertThat(largestDifference(expected, untrained.params().toFloatVector()))
                .as("what training moves")
                .isGreaterThan(0.01);
        assertThat(largestDifference(planned.getNetwork().params().toFloatVector(), expected))
                .isLessThan(2e-5);
        assertThat(largestDifference(state(planned), state(own))).isLessThan(2e-5);
        assertThat(planned.getScore()).isCloseTo(own.getScore(), within(1e-5));
        assertThat(planned.getNetwork().getIterationCount())
                .isEqualTo(own.getNetwork().getIterationCount());
    }

    private static float[] state(SparkDl4jMultiLayer network) {
        var state = network.getNetwork().getUpdater().getStateViewArray();
        return state == null ? new float[0] : state.toFloatVector();
    }

    private static double largestDifference(float[] one, float[] other) {
        assertThat(one).hasSameSizeAs(other);
        double largest = 0;
        for (int i = 0; i < one.length; i++) {
            largest = Math.max(largest, Math.abs((double) one[i] - other[i]));
        }
        return largest;
    }

    static Stream<Arguments> unknown() {
        return Stream.of(
                Arguments.of(dense(new RmsProp(0.01)), "an updater or penalty"),
                Arguments.of(Networks.normalized(new Sgd(0.1), true), "a setting of the layer BatchNormalization"),
                Arguments.of(
                        start(new Sgd(0.1))
                                .list()
                                .layer(new DenseLayer.Builder()
                                        .nIn(Waves.FEATURES)
                                        .nOut(9)
                                        .dropOut(0.5)
                                        .build())
                                .layer(output())
                                .setInputType(InputType.feedForward(Waves.FEATURES))
                                .build(),
                        "a setting of the layer DenseLayer"));
    }

    @ParameterizedTest
    @MethodSource("unknown")
    void whatIsNotKnownIsLeftToDl4j(MultiLayerConfiguration network, String reason, JavaSparkContext spark) {
        assertThatThrownBy(() -> train(spark, network, 1, StepChoice.PLANNED))
                .isInstanceOf(TrainingFailed.class)
                .hasMessageStartingWith("Cannot train by the planned step: Deeplearning4j; not planned: " + reason);
        float[] auto =
                train(spark, network, 1, StepChoice.AUTO).getNetwork().params().toFloatVector();
        float[] own = train(spark, network, 1, StepChoice.REFERENCE)
                .getNetwork()
                .params()
                .toFloatVector();
        assertThat(auto).isEqualTo(own);
    }

    @Test
    void aHookSeesDl4jsOwnSteps(JavaSparkContext spark) {
        StarlingTrainingMaster watched = master(1, StepChoice.AUTO);
        watched.addHook(new ExamplesSeen());
        SparkDl4jMultiLayer trained = new SparkDl4jMultiLayer(spark, dense(new Adam(0.01)), watched);
        trained.fit(spark.parallelize(Waves.sets(EXAMPLES, 7), 3));
        MultiLayerNetwork alone = new MultiLayerNetwork(dense(new Adam(0.01)));
        alone.init();
        Waves.sets(EXAMPLES, BATCH).forEach(alone::fit);
        assertThat(trained.getNetwork().params().toFloatVector())
                .isEqualTo(alone.params().toFloatVector());
    }
}
