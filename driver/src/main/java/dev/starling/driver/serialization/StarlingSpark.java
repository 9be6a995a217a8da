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
}
