package dev.starling.jobs.command;

import dev.starling.driver.serialization.StarlingSpark;
import dev.starling.worker.Problems;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;

/** Spark, as long as a job needs it. */
final class Cluster implements AutoCloseable {
    private final JavaSparkContext context;

    private Cluster(JavaSparkContext context) {
        this.context = context;
    }

    /**
     * Starts Spark with what spark-submit says, and over it what the arguments say.
     *
     * @param name what Spark's own pages call the job
     */
    static Cluster start(String name, SharedOptions options) {
        SparkConf conf = new SparkConf();
        options.master().ifPresent(conf::setMaster);
        applySettings(conf, options);
        conf.setIfMissing("spark.master", "local[*]");
        conf.setIfMissing("spark.ui.enabled", "false");
        conf.setAppName("starling " + name);
        StarlingSpark.configure(conf);
        JavaSparkContext context = new JavaSparkContext(conf);
        context.setLogLevel(options.verbose() ? "INFO" : "WARN");
        return new Cluster(context);
    }

    private static void applySettings(SparkConf conf, SharedOptions options) {
        Problems problems = new Problems();
        for (String setting : options.settings()) {
            int equals = setting.indexOf('=');
            if (setting.startsWith("spark.") && equals > 0) {
                conf.set(setting.substring(0, equals), setting.substring(equals + 1));
            } else {
                problems.add("Cannot read --conf: " + setting + " (expected spark.key=value)");
            }
        }
        problems.throwIfAny();
    }

    JavaSparkContext context() {
        return context;
    }

    Configuration hadoop() {
        return context.hadoopConfiguration();
    }

    String master() {
        return context.master();
    }

    /** Tasks that run at a time, as far as executors have come up. */
    int slots() {
        SparkContext spark = context.sc();
        return spark.maxNumConcurrentTasks(spark.resourceProfileManager().defaultResourceProfile());
    }

    /** Whether every task runs on this machine. */
    boolean isLocal() {
        return isLocal(master());
    }

    static boolean isLocal(String master) {
        return master.equals("local") || master.startsWith("local[") || master.startsWith("local-cluster[");
    }

    /** No more log: at an interruption everything that is cut off would complain. */
    void silence() {
        context.setLogLevel("OFF");
    }

    @Override
    public void close() {
        context.close();
    }
}
