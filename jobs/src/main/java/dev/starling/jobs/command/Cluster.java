package dev.starling.jobs.command;

import dev.starling.driver.cluster.ClusterSettings;
import dev.starling.driver.cluster.Executors;
import dev.starling.driver.cluster.MasterAddress;
import dev.starling.driver.cluster.Slots;
import dev.starling.driver.serialization.StarlingSpark;
import dev.starling.worker.Problems;
import java.io.PrintStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
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
     * @param err told what is changed of what was asked for, and what is waited for
     * @throws dev.starling.worker.InvalidInput if the master does not answer, or can never give what is asked for
     */
    static Cluster start(String name, SharedOptions options, PrintStream err) {
        SparkConf conf = configuration(options);
        MasterAddress.requireReadable(conf.get("spark.master"));
        conf.setIfMissing("spark.ui.enabled", "false");
        conf.setAppName("starling " + name);
        StarlingSpark.configure(conf);
        if (!isOneJvm(conf.get("spark.master"))) {
            StarlingSpark.noticeLostExecutors(conf);
        }
        ClusterSettings.complete(conf).ifPresent(err::println);
        MasterAddress.requireReachable(conf.get("spark.master"));
        Cluster cluster = new Cluster(new JavaSparkContext(conf));
        try {
            cluster.context.setLogLevel(options.verbose() ? "INFO" : "WARN");
            Executors.await(cluster.context.sc(), err::println);
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /**
     * The master that {@link #start} would use.
     *
     * @throws dev.starling.worker.InvalidInput if it is not written as a master
     */
    static String master(SharedOptions options) {
        String master = configuration(options).get("spark.master");
        MasterAddress.requireReadable(master);
        return master;
    }

    private static SparkConf configuration(SharedOptions options) {
        SparkConf conf = new SparkConf();
        options.master().ifPresent(conf::setMaster);
        applySettings(conf, options);
        return conf.setIfMissing("spark.master", "local[*]");
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
        return new Slots(context.sc()).count();
    }

    /** Whether every task runs on this machine. */
    boolean isLocal() {
        return isLocal(master());
    }

    /** Whether the driver is the only executor, which nobody needs to watch. */
    private static boolean isOneJvm(String master) {
        return master.equals("local") || master.startsWith("local[");
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
