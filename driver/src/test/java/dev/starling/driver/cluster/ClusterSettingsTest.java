package dev.starling.driver.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class ClusterSettingsTest {
    private static SparkConf conf(String master) {
        return new SparkConf(false).setMaster(master);
    }

    @Test
    void anExecutorOfALocalClusterGetsTheMemoryThatTheMasterNames() {
        for (String megabytes : new String[] {"512", "1024", "4096"}) {
            SparkConf conf = conf("local-cluster[2,2," + megabytes + "]");
            assertThat(ClusterSettings.complete(conf)).isEmpty();
            assertThat(conf.get("spark.executor.memory")).isEqualTo(megabytes + "m");
        }
    }

    @Test
    void lessThanTheMasterNamesStaysAsAskedFor() {
        SparkConf conf = conf("local-cluster[2, 2, 2048]").set("spark.executor.memory", "2g");
        assertThat(ClusterSettings.complete(conf)).isEmpty();
        assertThat(conf.get("spark.executor.memory")).isEqualTo("2g");
    }

    @Test
    void moreThanTheMasterNamesIsCutAndTold() {
        SparkConf conf = conf("local-cluster[2,2,1024]").set("spark.executor.memory", "2g");
        assertThat(ClusterSettings.complete(conf))
                .hasValue("spark.executor.memory=2g is more than a worker of local-cluster[2,2,1024] has; executors"
                        + " get 1024m");
        assertThat(conf.get("spark.executor.memory")).isEqualTo("1024m");
    }

    @Test
    void otherMastersGetWhatTheUserSaid() {
        SparkConf conf = conf("spark://host:7077")
                .set("spark.executor.memory", "7g")
                .set("spark.executor.extraJavaOptions", "-XX:+UseG1GC")
                .set("spark.executorEnv.OMP_NUM_THREADS", "2");
        assertThat(ClusterSettings.complete(conf)).isEmpty();
        assertThat(conf.get("spark.executor.memory")).isEqualTo("7g");
        assertThat(conf.get("spark.executor.extraJavaOptions")).isEqualTo("-XX:+UseG1GC");
        assertThat(conf.get("spark.executorEnv.OMP_NUM_THREADS")).isEqualTo("2");
    }

    @Test
    void executorsGetTheFlagsThatMakeReplicasFastWhereTheUserSaidNone() {
        SparkConf conf = conf("spark://host:7077");
        assertThat(ClusterSettings.complete(conf)).isEmpty();
        assertThat(conf.get("spark.executor.extraJavaOptions")).contains("--add-modules=jdk.incubator.vector");
        assertThat(conf.get("spark.executorEnv.OMP_NUM_THREADS")).isEqualTo("1");
        assertThat(conf.contains("spark.executor.memory")).isFalse();
    }
}
