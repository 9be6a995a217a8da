package dev.starling.tests.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import dev.starling.driver.dl4j.StarlingTrainingMaster;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.KryoRegistrator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** Only byte arrays cross Spark on our behalf, so the user's serializer need not know of us. */
class UserSessionTest {
    private static final int BATCH = 8;

    /** What a user registers who ships data sets of DL4J and has everything else refused. */
    public static final class Registrator implements KryoRegistrator {
        @Override
        public void registerClasses(Kryo kryo) {
            kryo.register(Nd4j.create(1).getClass(), new JavaSerializer());
            kryo.register(DataSet.class, new JavaSerializer());
            kryo.register(DataSet[].class);
        }
    }

    @Test
    void trainsUnderTheUsersOwnKryoWithRegistrationRequired() {
        SparkConf kryo = PlainSpark.configuration("local[3]")
                .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
                .set("spark.kryo.registrator", Registrator.class.getName())
                .set("spark.kryo.registrationRequired", "true");
        float[] plain;
        try (JavaSparkContext spark = new JavaSparkContext(PlainSpark.configuration("local[3]"))) {
            plain = train(spark).params().toFloatVector();
        }
        try (JavaSparkContext spark = new JavaSparkContext(kryo)) {
            assertThat(train(spark).params().toFloatVector()).isEqualTo(plain);
            new SparkComputationGraph(spark, Networks.graph(new Adam(0.01)), master())
                    .fit(spark.parallelize(Waves.sets(5 * BATCH, BATCH), 2));
        }
    }

    private static MultiLayerNetwork train(JavaSparkContext spark) {
        SparkDl4jMultiLayer network = new SparkDl4jMultiLayer(spark, Networks.layers(new Adam(0.01)), master());
        network.fit(spark.parallelize(Waves.sets(20 * BATCH, BATCH), 4));
        return network.getNetwork();
    }

    private static StarlingTrainingMaster master() {
        return StarlingTrainingMaster.builder(3, BATCH)
                .batchSizePerWorker(BATCH)
                .averagingFrequency(2)
                .build();
    }
}
