package dev.starling.tests.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.driver.dl4j.StarlingTrainingMaster;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.core.loader.impl.SerializedMultiDataSetLoader;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;

/** All ways in which DL4J Spark takes data: an RDD of MultiDataSet with several inputs, and files of both kinds. One worker, so that one machine tells what is right. */
@ExtendWith(PlainSpark.class)
class SeveralInputsTest {
    private static final int EXAMPLES = 50;
    private static final int BATCH = 8;

    @TempDir
    private Path folder;

    @BeforeEach
    void forget() {
        ExamplesSeen.reset();
    }

    private static StarlingTrainingMaster master(int workers) {
        return StarlingTrainingMaster.builder(BATCH)
                .workers(workers)
                .batchSizePerWorker(BATCH)
                .averagingFrequency(3)
                .trainingHooks(new ExamplesSeen())
                .build();
    }

    /** A network input and its mirror, the kind twice. */
    private static List<MultiDataSet> pairs(int... sizes) {
        return Waves.sets(EXAMPLES, sizes).stream()
                .<MultiDataSet>map(set -> new org.nd4j.linalg.dataset.MultiDataSet(
                        new INDArray[] {set.getFeatures(), set.getFeatures().neg()},
                        new INDArray[] {set.getLabels(), set.getLabels()}))
                .toList();
    }

    @Test
    void aGraphOfTwoInputsAndOutputsIsTrainedAsOnOneMachine(JavaSparkContext spark) {
        SparkComputationGraph trained = new SparkComputationGraph(spark, Networks.twice(new Adam(0.01)), master(1));
        trained.fitMultiDataSet(spark.parallelize(pairs(3, 11), 2));
        assertThat(trained.getNetwork().params().toFloatVector()).isEqualTo(aloneOnPairs());
    }

    @Test
    void aFolderOfMultiDataSetsIsTrainedAsOnOneMachine(JavaSparkContext spark) throws IOException {
        int number = 0;
        for (MultiDataSet pair : pairs(7)) {
            pair.save(new File(folder.toFile(), "pairs" + (char) ('a' + number++)));
        }
        SparkComputationGraph trained = new SparkComputationGraph(spark, Networks.twice(new Adam(0.01)), master(1));
        List<String> paths = sortedFiles();
        trained.fitPaths(spark.parallelize(paths, 2), new SerializedMultiDataSetLoader());
        assertThat(trained.getNetwork().params().toFloatVector()).isEqualTo(aloneOnPairs());
    }

    private static float[] aloneOnPairs() {
        ComputationGraph alone = new ComputationGraph(Networks.twice(new Adam(0.01)));
        alone.init();
        pairs(BATCH).forEach(alone::fit);
        return alone.params().toFloatVector();
    }

    private List<String> sortedFiles() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.toUri().toString()).sorted().toList();
        }
    }

    private void saveWaves() {
        int number = 0;
        for (DataSet set : Waves.sets(EXAMPLES, 7)) {
            set.save(new File(folder.toFile(), "waves" + (char) ('a' + number++)));
        }
    }

    @Test
    void pathsOfDataSetsAreTrainedAsOnOneMachine(JavaSparkContext spark) throws IOException {
        saveWaves();
        SparkDl4jMultiLayer trained = new SparkDl4jMultiLayer(spark, Networks.layers(new Adam(0.01)), master(1));
        trained.fitPaths(spark.parallelize(sortedFiles(), 2));
        MultiLayerNetwork alone = new MultiLayerNetwork(Networks.layers(new Adam(0.01)));
        alone.init();
        Waves.sets(EXAMPLES, BATCH).forEach(alone::fit);
        assertThat(trained.getNetwork().params().toFloatVector())
                .isEqualTo(alone.params().toFloatVector());
    }

    @Test
    void aFolderIsTrainedWhole(JavaSparkContext spark) {
        saveWaves();
        new SparkDl4jMultiLayer(spark, Networks.layers(new Adam(0.01)), master(4))
                .fit(folder.toUri().toString());
        assertThat(ExamplesSeen.NUMBERS).containsExactlyInAnyOrderElementsOf(numbers());
        ExamplesSeen.reset();
        new SparkComputationGraph(spark, Networks.graph(new Adam(0.01)), master(4))
                .fit(folder.toUri().toString());
        assertThat(ExamplesSeen.NUMBERS).containsExactlyInAnyOrderElementsOf(numbers());
    }

    private static List<Integer> numbers() {
        return IntStream.range(0, EXAMPLES).boxed().toList();
    }
}
