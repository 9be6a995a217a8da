package dev.starling.tests.dropin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.driver.dl4j.StarlingTrainingMaster;
import dev.starling.worker.step.OneDnnHelpers;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** Replicas' running statistics become those of one that saw all examples: mean = Σw·meanᵣ, variance = Σw·(varᵣ + (meanᵣ − mean)²), also where DL4J holds log10 of the deviation. */
@ExtendWith(PlainSpark.class)
class BatchNormTest {
    private static final int BATCH = 12;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void runningStatisticsArePooled(boolean logarithm, JavaSparkContext spark) {
        OneDnnHelpers.enable();
        StarlingTrainingMaster master = StarlingTrainingMaster.builder(BATCH)
                .workers(2)
                .batchSizePerWorker(BATCH)
                .averagingFrequency(1)
                .build();
        SparkDl4jMultiLayer trained =
                new SparkDl4jMultiLayer(spark, Networks.normalized(new Sgd(0.1), logarithm), master);
        DataSet all = Waves.examples(0, 2 * BATCH);
        trained.fit(spark.parallelize(java.util.List.of(all), 1));
        MultiLayerNetwork[] alone = new MultiLayerNetwork[2];
        for (int worker = 0; worker < 2; worker++) {
            alone[worker] = new MultiLayerNetwork(Networks.normalized(new Sgd(0.1), logarithm));
            alone[worker].init();
            alone[worker].fit(everySecond(worker));
        }
        requirePooled(trained.getNetwork(), alone, logarithm);
    }

    private static void requirePooled(MultiLayerNetwork trained, MultiLayerNetwork[] alone, boolean logarithm) {
        float[] mean = means(trained);
        double apart = 0;
        for (int unit = 0; unit < mean.length; unit++) {
            double[] means = {means(alone[0])[unit], means(alone[1])[unit]};
            double[] variances = {variances(alone[0], logarithm)[unit], variances(alone[1], logarithm)[unit]};
            double expectedMean = (means[0] + means[1]) / 2;
            double half = (means[0] - means[1]) / 2;
            assertThat((double) mean[unit]).isCloseTo(expectedMean, within(1e-6));
            assertThat(variances(trained, logarithm)[unit])
                    .isCloseTo((variances[0] + variances[1]) / 2 + half * half, within(1e-5));
            apart = Math.max(apart, Math.abs(variances[0] - variances[1]));
        }
        assertThat(apart).as("how far the replicas' variances lie apart").isGreaterThan(1e-3);
    }

    private static DataSet everySecond(int first) {
        DataSet[] each = new DataSet[BATCH];
        for (int i = 0; i < BATCH; i++) {
            each[i] = Waves.examples(first + 2 * i, 1);
        }
        return DataSet.merge(java.util.List.of(each));
    }

    private static float[] means(MultiLayerNetwork network) {
        return network.getLayer(1).getParam("mean").toFloatVector();
    }

    private static double[] variances(MultiLayerNetwork network, boolean logarithm) {
        INDArray stored = network.getLayer(1).getParam(logarithm ? "log10stdev" : "var");
        double[] variances = stored.castTo(Nd4j.defaultFloatingPointType()).toDoubleVector();
        for (int i = 0; i < variances.length && logarithm; i++) {
            variances[i] = Math.pow(10, 2 * variances[i]);
        }
        return variances;
    }
}
