package dev.starling.tests.dropin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.driver.dl4j.StarlingTrainingMaster;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.nd4j.linalg.learning.config.Sgd;

/** Gradient descent averaged after every step over K batches is one step on a batch K times as large, the last and ragged one too, since replicas weigh by their examples. */
@ExtendWith(PlainSpark.class)
class LargeBatchTest {
    private static final int WORKERS = 4;
    private static final int BATCH = 5;
    /** Of which the last round has 3: one for each of three workers, none for the fourth. */
    private static final int EXAMPLES = 5 * WORKERS * BATCH + 3;

    private static StarlingTrainingMaster master() {
        return StarlingTrainingMaster.builder(BATCH)
                .workers(WORKERS)
                .batchSizePerWorker(BATCH)
                .averagingFrequency(1)
                .build();
    }

    @Test
    void averagingEveryStepIsOneLargeBatchWithLayers(JavaSparkContext spark) {
        SparkDl4jMultiLayer trained = new SparkDl4jMultiLayer(spark, Networks.layers(new Sgd(0.3)), master());
        trained.fit(spark.parallelize(Waves.sets(EXAMPLES, 8), 1));
        MultiLayerNetwork alone = new MultiLayerNetwork(Networks.layers(new Sgd(0.3)));
        alone.init();
        float[] start = alone.params().toFloatVector();
        Waves.sets(EXAMPLES, WORKERS * BATCH).forEach(alone::fit);
        requireClose(
                trained.getNetwork().params().toFloatVector(), alone.params().toFloatVector(), start);
        assertThat(trained.getNetwork().getIterationCount()).isEqualTo(alone.getIterationCount());
    }

    @Test
    void averagingEveryStepIsOneLargeBatchWithAGraph(JavaSparkContext spark) {
        SparkComputationGraph trained = new SparkComputationGraph(spark, Networks.graph(new Sgd(0.3)), master());
        trained.fit(spark.parallelize(Waves.sets(EXAMPLES, 8), 1));
        ComputationGraph alone = new ComputationGraph(Networks.graph(new Sgd(0.3)));
        alone.init();
        float[] start = alone.params().toFloatVector();
        Waves.sets(EXAMPLES, WORKERS * BATCH).forEach(alone::fit);
        requireClose(
                trained.getNetwork().params().toFloatVector(), alone.params().toFloatVector(), start);
        assertThat(trained.getNetwork().getIterationCount()).isEqualTo(alone.getIterationCount());
    }

    private static void requireClose(float[] found, float[] expected, float[] start) {
        assertThat(largestDifference(expected, start)).as("what training moves").isGreaterThan(0.05);
        assertThat(largestDifference(found, expected)).isCloseTo(0, within(1e-6));
    }

    private static double largestDifference(float[] one, float[] other) {
        assertThat(one).hasSameSizeAs(other);
        double largest = 0;
        for (int i = 0; i < one.length; i++) {
            largest = Math.max(largest, Math.abs((double) one[i] - other[i]));
        }
        return largest;
    }
}
