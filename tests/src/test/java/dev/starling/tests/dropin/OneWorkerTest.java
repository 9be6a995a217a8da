package dev.starling.tests.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.driver.dl4j.StarlingTrainingMaster;
import dev.starling.worker.step.StepChoice;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;

/** One worker is one machine, to the bit: the same batches in the same order give the same network, whatever sizes the data sets of the RDD had. */
@ExtendWith(PlainSpark.class)
class OneWorkerTest {
    private static final int EXAMPLES = 100;
    private static final int BATCH = 9;
    private static final int EPOCHS = 3;

    static Stream<IUpdater> updaters() {
        return Stream.of(
                new Sgd(0.1),
                new Nesterovs(0.05, 0.9),
                new Adam(0.01),
                new AMSGrad(0.01),
                new RmsProp(0.01),
                new AdaGrad(0.05),
                new Adam(new StepSchedule(ScheduleType.ITERATION, 0.02, 0.5, 7)),
                new Sgd(new MapSchedule.Builder(ScheduleType.EPOCH)
                        .add(0, 0.1)
                        .add(1, 0.05)
                        .add(2, 0.01)
                        .build()));
    }

    private static StarlingTrainingMaster master() {
        return StarlingTrainingMaster.builder(BATCH)
                .workers(1)
                .batchSizePerWorker(BATCH)
                .averagingFrequency(4)
                .step(StepChoice.REFERENCE)
                .build();
    }

    private static JavaRDD<DataSet> data(JavaSparkContext spark) {
        return spark.parallelize(Waves.sets(EXAMPLES, 7, 1, 20, 9), 3);
    }

    private static List<DataSet> batches() {
        return Waves.sets(EXAMPLES, BATCH);
    }

    @ParameterizedTest
    @MethodSource("updaters")
    void oneWorkerIsOneMachineWithLayers(IUpdater updater, JavaSparkContext spark) {
        SparkDl4jMultiLayer trained = new SparkDl4jMultiLayer(spark, Networks.layers(updater.clone()), master());
        MultiLayerNetwork alone = new MultiLayerNetwork(Networks.layers(updater.clone()));
        alone.init();
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            trained.fit(data(spark));
            batches().forEach(alone::fit);
            alone.incrementEpochCount();
        }
        MultiLayerNetwork network = trained.getNetwork();
        assertThat(network.params().toFloatVector()).isEqualTo(alone.params().toFloatVector());
        assertThat(state(network)).isEqualTo(state(alone));
        assertThat(network.getIterationCount())
                .isEqualTo(alone.getIterationCount())
                .isEqualTo(EPOCHS * 12);
        assertThat(network.getEpochCount()).isEqualTo(alone.getEpochCount()).isEqualTo(EPOCHS);
        assertThat(trained.getScore()).isEqualTo(alone.score()).isEqualTo(network.score());
    }

    @ParameterizedTest
    @MethodSource("updaters")
    void oneWorkerIsOneMachineWithAGraph(IUpdater updater, JavaSparkContext spark) {
        SparkComputationGraph trained = new SparkComputationGraph(spark, Networks.graph(updater.clone()), master());
        ComputationGraph alone = new ComputationGraph(Networks.graph(updater.clone()));
        alone.init();
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            trained.fit(data(spark));
            batches().forEach(alone::fit);
            alone.incrementEpochCount();
        }
        ComputationGraph network = trained.getNetwork();
        assertThat(network.params().toFloatVector()).isEqualTo(alone.params().toFloatVector());
        assertThat(state(network)).isEqualTo(state(alone));
        assertThat(network.getIterationCount())
                .isEqualTo(alone.getIterationCount())
                .isEqualTo(EPOCHS * 12);
        assertThat(network.getEpochCount()).isEqualTo(alone.getEpochCount()).isEqualTo(EPOCHS);
        assertThat(trained.getScore()).isEqualTo(alone.score());
    }

    private static float[] state(MultiLayerNetwork network) {
        var state = network.getUpdater().getStateViewArray();
        return state == null ? new float[0] : state.toFloatVector();
    }

    private static float[] state(ComputationGraph network) {
        var state = network.getUpdater().getStateViewArray();
        return state == null ? new float[0] : state.toFloatVector();
    }
}
