package dev.starling.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.tests.Checkout;
import dev.starling.tests.Launcher;
import dev.starling.tests.LocalCluster;
import dev.starling.tests.Result;
import dev.starling.tests.Shell;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a master cannot give is told, where Spark alone would wait. */
@ExtendWith(LocalCluster.Extension.class)
class MasterTest {
    private static final String DIGITS =
            Checkout.path("conf/experiments/digits.yaml").toString();

    @TempDir
    private Path folder;

    private Result train(String... words) {
        String[] all = new String[words.length + 2];
        all[0] = "train";
        all[1] = DIGITS;
        System.arraycopy(words, 0, all, 2, words.length);
        return new Shell(folder, Map.of()).run(all);
    }

    @Test
    @Timeout(30)
    void aMasterThatDoesNotAnswerIsWrongInputAtOnce() {
        Result result = train("--master", "spark://127.0.0.1:1,127.0.0.1:2", "--shared-disk");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.problems())
                .containsExactly("Cannot reach Spark's master spark://127.0.0.1:1,127.0.0.1:2: Connection refused;"
                        + " Connection refused (expected a Spark master that runs there)");
    }

    @Test
    @Timeout(30)
    void aNameNodeThatDoesNotAnswerIsWrongInputAtOnce() {
        Result result = train("--runs", "hdfs://127.0.0.1:1/runs", "--set", "data.directory=hdfs://127.0.0.1:2/data");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.problems())
                .containsExactly(
                        "Cannot open hdfs://127.0.0.1:1/runs: Connection refused (expected a name node that runs there)",
                        "Cannot open hdfs://127.0.0.1:2/: Connection refused (expected a name node that runs there)");
    }

    @Test
    @Timeout(60)
    void executorsLargerThanAnyWorkerAreWrongInput(LocalCluster cluster) {
        Result result = train(
                "--master",
                cluster.master(),
                "--shared-disk",
                "--conf",
                "spark.executor.memory=3g",
                "--conf",
                "spark.executor.cores=3",
                "--conf",
                "spark.executor.resource.gpu.amount=3",
                "--conf",
                "spark.task.resource.gpu.amount=1",
                "--conf",
                "spark.driver.host=127.0.0.1");
        assertThat(result.status()).as(result.err()).isEqualTo(2);
        assertThat(result.problems())
                .containsExactly("Cannot get executors from " + cluster.master()
                        + ": spark.executor.memory in MiB is 3072, and no worker has more than 2048 (expected at most"
                        + " that); spark.executor.cores is 3, and no worker has more than 2 (expected at most that);"
                        + " spark.executor.resource.gpu.amount is 3, and no worker has more than 2 (expected at most"
                        + " that)");
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    /** The executor gets what the master names, though the user's settings say more. */
    @Test
    void localClusterWorksAsGiven() {
        Launcher.assumeBuilt();
        Result result = new Launcher(folder, Map.of())
                .starling(
                        "train",
                        DIGITS,
                        "--set",
                        "training.epochs=1",
                        "--master",
                        "local-cluster[1,2,640]",
                        "--conf",
                        "spark.executor.memory=2g");
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.err())
                .contains("spark.executor.memory=2g is more than a worker of local-cluster[1,2,640] has;"
                        + " executors get 640m");
        assertThat(Path.of(result.lastLine()).resolve("_SUCCESS")).exists();
    }
}
