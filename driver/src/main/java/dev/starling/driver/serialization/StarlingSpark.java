package dev.starling.driver.serialization;

import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;

/** What Starling's own jobs ask of Spark. */
public final class StarlingSpark {
    private StarlingSpark() {}

    /** Sets the serializer, with registration required; the buffer's limit lets a large network's parameters come back as one result. Returns the same configuration. */
    public static SparkConf configure(SparkConf configuration) {
        return configuration
                .set("spark.serializer", KryoSerializer.class.getName())
                .set("spark.kryo.registrator", StarlingRegistrator.class.getName())
                .set("spark.kryo.registrationRequired", "true")
                .set("spark.kryoserializer.buffer.max", "1g");
    }

    /**
     * For an application with executors of their own, where the user has not set them: times after which one that shows no sign of life is given up, 30 seconds, where Spark's
     * own would hold its slots for 150. Returns the same configuration.
     */
    public static SparkConf noticeLostExecutors(SparkConf configuration) {
        return configuration
                .setIfMissing("spark.network.timeout", "30s")
                .setIfMissing("spark.executor.heartbeatInterval", "3s")
                .setIfMissing("spark.network.timeoutInterval", "5s");
    }
}
