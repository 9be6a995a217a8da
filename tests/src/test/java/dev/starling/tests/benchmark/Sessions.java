package dev.starling.tests.benchmark;

import dev.starling.driver.cluster.Executors;
import java.lang.management.ManagementFactory;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Spark sessions of contenders: in this JVM, or on a standalone cluster of this machine. */
final class Sessions {
    private static final int WORKERS = 2;

    private Sessions() {}

    /** @param master {@code local[N]}, or {@code spark://…}: executors get this JVM's class path and flags, and one core each */
    static SparkConf conf(String name, String master) {
        SparkConf conf = new SparkConf().setMaster(master).setAppName(name).set("spark.ui.enabled", "false");
        if (master.startsWith("spark:")) {
            // Spark sets the heap by its own key and refuses the flag.
            String flags = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                    .filter(flag -> !flag.startsWith("-Xmx"))
                    .collect(Collectors.joining(" "));
            conf.set("spark.driver.host", "127.0.0.1")
                    .set("spark.executor.cores", "1")
                    .set("spark.executor.memory", "2g")
                    .set("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                    .set("spark.executor.extraJavaOptions", flags);
        }
        return conf;
    }

    /** With all executors there. */
    static JavaSparkContext start(SparkConf conf) {
        JavaSparkContext spark = new JavaSparkContext(conf);
        if (!spark.sc().isLocal()) {
            Executors.await(spark.sc(), System.err::println);
            int slots = Executors.slots(spark.sc(), WORKERS);
            if (slots != WORKERS) {
                spark.close();
                throw new IllegalStateException(
                        "Cannot measure: " + slots + " task slots (expected 2 workers of 1 core)");
            }
        }
        return spark;
    }
}
