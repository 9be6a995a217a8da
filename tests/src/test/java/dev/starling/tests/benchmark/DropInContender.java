package dev.starling.tests.benchmark;

import dev.starling.driver.dl4j.StarlingTrainingMaster;
import dev.starling.worker.step.StepChoice;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.nd4j.linalg.dataset.DataSet;

/**
 * The program of {@link MasterContender} with StarlingTrainingMaster in it: two workers in local[2]. A request is {@code averagingEvery examples step}; the answer examples per second of one fit, all of it: the network out,
 * the examples dealt, trained and averaged, the network back. The RDD is kept in Spark's memory, as DL4J's master keeps its own copy, and is there before the clock starts.
 */
public final class DropInContender {
    private final JavaSparkContext spark;
    private final MultiLayerConfiguration network;
    private final List<DataSet> batches;
    private final Map<Integer, JavaRDD<DataSet>> data = new HashMap<>();

    private DropInContender(JavaSparkContext spark, MultiLayerConfiguration network, List<DataSet> batches) {
        this.spark = spark;
        this.network = network;
        this.batches = batches;
    }

    /** @param arguments work, folder of data sets, most examples */
    public static void main(String[] arguments) {
        Answers answers = new Answers();
        SparkConf conf = new SparkConf()
                .setMaster("local[2]")
                .setAppName("StarlingTrainingMaster")
                .set("spark.ui.enabled", "false");
        try (JavaSparkContext spark = new JavaSparkContext(conf)) {
            FashionMnist examples = FashionMnist.read(Path.of(arguments[1]), Integer.parseInt(arguments[2]));
            DropInContender contender = new DropInContender(
                    spark, StockNetworks.of(Work.of(arguments[0])), StockNetworks.batches(examples));
            answers.serve(contender::measure);
        }
        System.exit(0);
    }

    private double[] measure(List<String> words) {
        int examples = Integer.parseInt(words.get(1));
        JavaRDD<DataSet> kept = data.computeIfAbsent(examples, this::keep);
        StarlingTrainingMaster master = StarlingTrainingMaster.builder(Work.BATCH)
                .batchSizePerWorker(Work.BATCH)
                .averagingFrequency(Integer.parseInt(words.get(0)))
                .step(StepChoice.valueOf(words.get(2).toUpperCase(Locale.ROOT)))
                .collectTrainingStats(true)
                .build();
        SparkDl4jMultiLayer trainer = new SparkDl4jMultiLayer(spark, network.clone(), master);
        long start = System.nanoTime();
        trainer.fit(kept);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.err.println("drop-in, " + words + ": " + seconds + " s, of them\n"
                + master.getTrainingStats().statsAsString());
        return new double[] {examples / seconds};
    }

    private JavaRDD<DataSet> keep(int examples) {
        JavaRDD<DataSet> kept =
                spark.parallelize(batches.subList(0, examples / Work.BATCH), 2).cache();
        kept.count();
        return kept;
    }
}
