package dev.starling.tests.dropin;

import dev.starling.driver.dl4j.StarlingTrainingMaster;
import java.util.Arrays;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A program for DL4J Spark as the README shows it: trains on a CSV of digits, its first argument, and prints score and parameters' hash. */
public final class DigitsOnSpark {
    private DigitsOnSpark() {}

    public static void main(String[] args) {
        MultiLayerConfiguration network = new NeuralNetConfiguration.Builder()
                .seed(7)
                .updater(new Adam(0.005))
                .activation(Activation.RELU)
                .list()
                .layer(new DenseLayer.Builder().nOut(64).build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(10)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.feedForward(64))
                .build();

        try (JavaSparkContext sc = new JavaSparkContext(new SparkConf().setAppName("digits"))) {
            JavaRDD<DataSet> digits = sc.textFile(args[0], 4)
                    .filter(line -> !line.startsWith("p"))
                    .map(DigitsOnSpark::parse)
                    .cache();
            StarlingTrainingMaster master = StarlingTrainingMaster.builder(
                            1) // was: new ParameterAveragingTrainingMaster.Builder(1)
                    .batchSizePerWorker(32)
                    .averagingFrequency(5)
                    .build();
            SparkDl4jMultiLayer spark = new SparkDl4jMultiLayer(sc, network, master);
            for (int epoch = 0; epoch < 5; epoch++) {
                spark.fit(digits);
                System.out.println("epoch " + (epoch + 1) + ", score " + spark.getScore());
            }
            System.out.println(
                    "parameters " + Arrays.hashCode(spark.getNetwork().params().toFloatVector()));
        }
    }

    /** 64 pixels of 0 to 16, and the digit. */
    private static DataSet parse(String line) {
        float[] values = new float[65];
        String[] fields = line.split(",", -1);
        for (int i = 0; i < 65; i++) {
            values[i] = Float.parseFloat(fields[i]);
        }
        INDArray pixels =
                Nd4j.createFromArray(Arrays.copyOf(values, 64)).reshape(1, 64).divi(16);
        INDArray digit = Nd4j.zeros(1, 10);
        digit.putScalar(0, (long) values[64], 1);
        return new DataSet(pixels, digit);
    }
}
