package dev.starling.tests.benchmark;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.dataset.DataSet;

/**
 * DL4J's own training on Spark, two workers in local[2] or on a cluster, on batches that lie in the driver's memory. A request is {@code averagingEvery examples approach}, the approach of
 * RDDTrainingApproach; the answer examples per second, of those really trained: the master drops some.
 */
public final class MasterContender {
    private final JavaSparkContext spark;
    private final MultiLayerConfiguration network;
    private final List<DataSet> batches;

    private MasterContender(JavaSparkContext spark, MultiLayerConfiguration network, List<DataSet> batches) {
        this.spark = spark;
        this.network = network;
        this.batches = batches;
    }

    /** @param arguments work, folder of data sets, most examples, Spark master, and on a cluster an HDFS, which Export needs there, and a folder that tells executors of it */
    public static void main(String[] arguments) {
        Answers answers = new Answers();
        SparkConf conf = Sessions.conf("parameter averaging master", arguments[3]);
        if (arguments.length > 4) {
            conf.set("spark.hadoop.fs.defaultFS", arguments[4]);
            String jars = conf.get("spark.executor.extraClassPath");
            conf.set("spark.executor.extraClassPath", arguments[5] + File.pathSeparator + jars);
        }
        try (JavaSparkContext spark = Sessions.start(conf)) {
            FashionMnist examples = FashionMnist.read(Path.of(arguments[1]), Integer.parseInt(arguments[2]));
            MasterContender contender = new MasterContender(
                    spark, StockNetworks.of(Work.of(arguments[0])), StockNetworks.batches(examples));
            answers.serve(contender::measure);
        }
        System.exit(0);
    }

    private double[] measure(List<String> words) {
        int examples = Integer.parseInt(words.get(1));
        // The master sets a storage level itself, and persists what it repartitions.
        JavaRDD<DataSet> data = spark.parallelize(batches.subList(0, examples / Work.BATCH), 2);
        LongAccumulator count = spark.sc().longAccumulator();
        ParameterAveragingTrainingMaster master = new ParameterAveragingTrainingMaster.Builder(Work.BATCH)
                .batchSizePerWorker(Work.BATCH)
                .averagingFrequency(Integer.parseInt(words.get(0)))
                .workerPrefetchNumBatches(2)
                .rddTrainingApproach(RDDTrainingApproach.valueOf(words.get(2)))
                .collectTrainingStats(false)
                .trainingHooks(new TrainedExamples(count))
                .build();
        SparkDl4jMultiLayer trainer = new SparkDl4jMultiLayer(spark, network.clone(), master);
        long start = System.nanoTime();
        trainer.fit(data);
        double seconds = (System.nanoTime() - start) / 1e9;
        master.deleteTempFiles(spark);
        long trained = count.sum();
        System.err.println("master, " + words + ": trained " + trained + " of " + examples + " examples");
        return new double[] {trained / seconds};
    }
}
