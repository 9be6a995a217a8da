package dev.starling.driver;

import dev.starling.driver.serialization.StarlingSpark;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;

/** One local Spark with two slots, as Starling configures it, for all tests of the module; it ends with the JVM. */
public final class LocalSpark {
    private LocalSpark() {}

    public static JavaSparkContext context() {
        SparkConf configuration = StarlingSpark.configure(new SparkConf())
                .setMaster("local[2]")
                .setAppName("tests")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1");
        return JavaSparkContext.fromSparkContext(SparkContext.getOrCreate(configuration));
    }
}
