package dev.starling.tests.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.driver.dl4j.StarlingTrainingMaster;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.learning.config.Sgd;

/** No example is lost and none is trained twice, where DL4J's own master loses many. */
@ExtendWith(PlainSpark.class)
class EveryExampleOnceTest {
    private static final int BATCH = 16;
    private static final int WORKERS = 8;

    @BeforeEach
    void forget() {
        ExamplesSeen.reset();
    }

    private static StarlingTrainingMaster starling() {
        return StarlingTrainingMaster.builder(WORKERS, BATCH)
                .batchSizePerWorker(BATCH)
                .averagingFrequency(3)
                .trainingHooks(new ExamplesSeen())
                .build();
    }

    private static void fit(JavaSparkContext spark, TrainingMaster<?, ?> master, int batches, int partitions) {
        SparkDl4jMultiLayer network = new SparkDl4jMultiLayer(spark, Networks.layers(new Sgd(0.1)), master);
        network.fit(spark.parallelize(Waves.sets(batches * BATCH, BATCH), partitions));
    }

    private static List<Integer> upTo(int examples) {
        return IntStream.range(0, examples).boxed().toList();
    }

    @ParameterizedTest
    @CsvSource({"41, 1", "41, 8", "60, 3", "79, 8", "100, 20"})
    void eachExampleOfSoManyBatchesIsTrainedOnce(int batches, int partitions, JavaSparkContext spark) {
        fit(spark, starling(), batches, partitions);
        assertThat(ExamplesSeen.NUMBERS).containsExactlyInAnyOrderElementsOf(upTo(batches * BATCH));
        assertThat(ExamplesSeen.BATCHES.stream().filter(size -> size != BATCH))
                .as("ragged batches")
                .hasSizeLessThanOrEqualTo(WORKERS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 640})
    void dataSetsOfAnySizeBecomeBatchesOfTheSizeAskedFor(int size, JavaSparkContext spark) {
        SparkDl4jMultiLayer network = new SparkDl4jMultiLayer(spark, Networks.layers(new Sgd(0.1)), starling());
        network.fit(spark.parallelize(Waves.sets(640, size), 2));
        assertThat(ExamplesSeen.NUMBERS).containsExactlyInAnyOrderElementsOf(upTo(640));
        assertThat(ExamplesSeen.BATCHES).hasSize(40).containsOnly(BATCH);
    }

    @Test
    void eachExampleOfAGraphIsTrainedOnce(JavaSparkContext spark) {
        SparkComputationGraph network = new SparkComputationGraph(spark, Networks.graph(new Sgd(0.1)), starling());
        network.fit(spark.parallelize(Waves.sets(41 * BATCH, BATCH), 4));
        assertThat(ExamplesSeen.NUMBERS).containsExactlyInAnyOrderElementsOf(upTo(41 * BATCH));
    }

    @Test
    void workersWithoutExamplesJoinWithWeightZero(JavaSparkContext spark) {
        SparkDl4jMultiLayer network = new SparkDl4jMultiLayer(spark, Networks.layers(new Sgd(0.1)), starling());
        network.fit(spark.parallelize(Waves.sets(3, 3), 1));
        assertThat(ExamplesSeen.NUMBERS).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(network.getNetwork().params().toFloatVector()).doesNotContain(Float.NaN);
    }

    @Test
    void anEmptyRddChangesNothingButTheEpochCount(JavaSparkContext spark) {
        SparkDl4jMultiLayer network = new SparkDl4jMultiLayer(spark, Networks.layers(new Sgd(0.1)), starling());
        float[] before = network.getNetwork().params().toFloatVector();
        network.fit(spark.parallelize(List.of(), 2));
        assertThat(network.getNetwork().params().toFloatVector()).isEqualTo(before);
        assertThat(network.getNetwork().getIterationCount()).isZero();
        assertThat(network.getNetwork().getEpochCount()).isEqualTo(1);
    }

    /** Why there is a master of ours: of 41 batches DL4J's own trains less than all on 8 workers, in both of its ways. */
    @ParameterizedTest
    @ValueSource(strings = {"Direct", "Export"})
    void stockMasterLosesExamples(String approach, JavaSparkContext spark) {
        ParameterAveragingTrainingMaster stock = new ParameterAveragingTrainingMaster.Builder(WORKERS, BATCH)
                .batchSizePerWorker(BATCH)
                .averagingFrequency(3)
                .rddTrainingApproach(RDDTrainingApproach.valueOf(approach))
                .trainingHooks(new ExamplesSeen())
                .build();
        fit(spark, stock, 41, 8);
        stock.deleteTempFiles(spark);
        assertThat(ExamplesSeen.NUMBERS).hasSizeBetween(1, 41 * BATCH - 1);
    }
}
