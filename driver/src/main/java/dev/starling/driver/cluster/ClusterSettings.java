package dev.starling.driver.cluster;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;

/** What Starling asks of a cluster where the user did not say it, or asked for what cannot be. */
public final class ClusterSettings {
    private static final Pattern LOCAL_CLUSTER =
            Pattern.compile("local-cluster\\[\\s*[0-9]+\\s*,\\s*[0-9]+\\s*,\\s*(?<megabytes>[0-9]+)\\s*]");
    private static final String MEMORY = "spark.executor.memory";

    /** What makes a replica fast: loops by the Vector API, a collector for throughput, oneDNN in DL4J, no look at /proc at each allocation. The launcher gives the same to the driver. */
    private static final String FLAGS = "--add-modules=jdk.incubator.vector -XX:+UseParallelGC"
            + " -Dorg.bytedeco.javacpp.maxphysicalbytes=0"
            + " -Dorg.eclipse.deeplearning4j.helpers.disable=false";

    private ClusterSettings() {}

    /**
     * Completes a configuration that names its master.
     *
     * @return what was changed of that which the user asked for, as a line; empty where nothing was
     */
    public static Optional<String> complete(SparkConf conf) {
        conf.setIfMissing("spark.executor.extraJavaOptions", FLAGS);
        conf.setIfMissing("spark.executorEnv.OMP_NUM_THREADS", "1");
        // Addresses of GPUs are numbers in the order of the bus, as nvidia-smi counts; CUDA's own order is another.
        conf.setIfMissing("spark.executorEnv.CUDA_DEVICE_ORDER", "PCI_BUS_ID");
        // A name node may start again meanwhile: its clients try for 50 s, mean, where they would not even twice.
        conf.setIfMissing("spark.hadoop.dfs.client.retry.policy.enabled", "true");
        conf.setIfMissing("spark.hadoop.dfs.client.retry.policy.spec", "2000,4");
        Matcher localCluster = LOCAL_CLUSTER.matcher(conf.get("spark.master"));
        return localCluster.matches() ? fit(conf, Long.parseLong(localCluster.group("megabytes"))) : Optional.empty();
    }

    /** An executor of a local cluster gets the memory that the master names. */
    private static Optional<String> fit(SparkConf conf, long megabytes) {
        String asked = conf.get(MEMORY, "");
        if (!asked.isEmpty() && conf.getSizeAsMb(MEMORY) <= megabytes) {
            return Optional.empty();
        }
        conf.set(MEMORY, megabytes + "m");
        return asked.isEmpty()
                ? Optional.empty()
                : Optional.of(MEMORY + "=" + asked + " is more than a worker of " + conf.get("spark.master")
                        + " has; executors get " + megabytes + "m");
    }
}
