package dev.starling.tests.dropin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.driver.dl4j.StarlingTrainingMaster;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.exchange.TrainingFailed;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.TrainingHook;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** What goes wrong ends in a clear failure, not in a hang, and leaves the network as it was. */
@ExtendWith(PlainSpark.class)
@Timeout(60)
class FailureTest {
    private static final int BATCH = 8;

    /** Breaks the third batch of replica 1. */
    private static final class Breaker implements TrainingHook {
        private static final long serialVersionUID = 1;

        private int batches;

        @Override
        public void preUpdate(org.nd4j.linalg.dataset.api.DataSet batch, Model model) {
            if (TaskContext.getPartitionId() == 1 && ++batches == 3) {
                throw new IllegalStateException("the hook has had enough");
            }
        }

        @Override
        public void postUpdate(org.nd4j.linalg.dataset.api.DataSet batch, Model model) {}

        @Override
        public void preUpdate(MultiDataSet batch, Model model) {}

        @Override
        public void postUpdate(MultiDataSet batch, Model model) {}
    }

    private static StarlingTrainingMaster master(int workers) {
        return StarlingTrainingMaster.builder(workers, BATCH)
                .batchSizePerWorker(BATCH)
                .averagingFrequency(1)
                .build();
    }

    @Test
    void aReplicaThatFailsEndsTheFitWithItsCause(JavaSparkContext spark) {
        StarlingTrainingMaster master = master(4);
        master.addHook(new Breaker());
        SparkDl4jMultiLayer network = new SparkDl4jMultiLayer(spark, Networks.layers(new Sgd(0.1)), master);
        float[] before = network.getNetwork().params().toFloatVector();
        assertThatThrownBy(() -> network.fit(spark.parallelize(Waves.sets(20 * BATCH, BATCH), 4)))
                .isInstanceOf(TrainingFailed.class)
                .hasMessage("Cannot train: java.lang.IllegalStateException: the hook has had enough");
        assertThat(network.getNetwork().params().toFloatVector()).isEqualTo(before);
        assertThat(network.getNetwork().getIterationCount()).isZero();
    }

    @Test
    void moreWorkersThanSlotsAreRefused(JavaSparkContext spark) {
        SparkDl4jMultiLayer network = new SparkDl4jMultiLayer(spark, Networks.layers(new Sgd(0.1)), master(9));
        assertThatThrownBy(() -> network.fit(spark.parallelize(Waves.sets(BATCH, BATCH), 1)))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("Cannot train with workers 9: there are 8 task slots (expected as many slots as workers;"
                        + " more cores, or fewer workers)");
    }

    @Test
    void dataSetsWhoseArraysDoNotFitAreRefused(JavaSparkContext spark) {
        SparkDl4jMultiLayer network = new SparkDl4jMultiLayer(spark, Networks.layers(new Sgd(0.1)), master(2));
        DataSet bent = new DataSet(Nd4j.ones(5, Waves.FEATURES), Nd4j.ones(4, Waves.CLASSES));
        assertThatThrownBy(() -> network.fit(spark.parallelize(java.util.List.of(bent), 1)))
                .hasMessageContaining(
                        "Cannot train on a data set whose arrays hold [5, 4] examples (expected as many in each)");
    }

    @Test
    void aNetworkOfDoublesIsRefused(JavaSparkContext spark) {
        MultiLayerNetwork doubles = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .list()
                .layer(new OutputLayer.Builder()
                        .nIn(Waves.FEATURES)
                        .nOut(Waves.CLASSES)
                        .build())
                .build());
        SparkDl4jMultiLayer network = new SparkDl4jMultiLayer(spark, doubles, master(1));
        assertThatThrownBy(() -> network.fit(spark.parallelize(Waves.sets(BATCH, BATCH), 1)))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("Cannot train a network of DOUBLE (expected dataType(DataType.FLOAT) in its configuration:"
                        + " replicas average floats)");
    }
}
