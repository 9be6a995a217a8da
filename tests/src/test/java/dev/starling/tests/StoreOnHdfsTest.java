package dev.starling.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.driver.files.Journal;
import dev.starling.driver.store.RunDirectory;
import dev.starling.driver.store.RunHistory;
import dev.starling.driver.store.RunStore;
import dev.starling.driver.store.StoredRun;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.data.Feature;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.Split;
import dev.starling.worker.data.Target;
import dev.starling.worker.network.Activation;
import dev.starling.worker.network.Dense;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.Shape;
import dev.starling.worker.network.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Hdfs.Extension.class)
class StoreOnHdfsTest {
    private static final NetworkSpec NETWORK = new NetworkSpec(
            new Shape.Flat(1),
            List.of(new Dense("output", 1, Activation.Simple.LINEAR, Weights.DEFAULT)),
            Loss.MEAN_SQUARED_ERROR);
    private static final Preparation PREPARATION = new Preparation(
            new Shape.Flat(1),
            List.of(new Feature.Numeric("x", 1, 2, 3)),
            new Target.Values(List.of("y"), List.of(0.0), List.of(1.0)));

    private final Hdfs hdfs;
    private final Configuration configuration;

    StoreOnHdfsTest(Hdfs hdfs) {
        this.hdfs = hdfs;
        this.configuration = hdfs.configuration();
    }

    private RunDirectory written(URI root) {
        RunDirectory run = RunStore.at(root, configuration).create("line", Instant.EPOCH, "a1b2c3");
        run.writeExperiment("first");
        run.writeExperiment("second");
        run.writeHistory(new RunHistory(List.of(new RunHistory.Entry(1, Split.TRAIN, "loss", 0.5))));
        run.writeModel(NETWORK, new float[] {2, 3}, PREPARATION);
        return run;
    }

    private List<String> names(String directory) throws IOException {
        Path path = new Path(directory);
        List<String> names = new ArrayList<>();
        for (FileStatus status : path.getFileSystem(configuration).listStatus(path)) {
            names.add(status.getPath().getName());
        }
        return names;
    }

    @Test
    void aRunIsTheSameAsOnALocalDisk() throws IOException {
        URI root = hdfs.folder("store/same");
        RunDirectory run = written(root);
        assertThat(run.location()).isEqualTo(root + "/line-19700101T000000Z-a1b2c3");
        run.commit();
        assertThat(names(run.location()))
                .containsExactlyInAnyOrder(
                        "experiment.yaml", "history.csv", "model.zip", "preprocessing.json", "_SUCCESS");
        StoredRun stored = StoredRun.at(URI.create(run.location()), configuration);
        assertThat(stored.finished()).isTrue();
        assertThat(stored.experiment()).isEqualTo("second");
        assertThat(stored.parameters()).containsExactly(2, 3);
        assertThat(stored.preparation()).isEqualTo(PREPARATION);
        assertThat(RunStore.at(root, configuration).find("line").location()).isEqualTo(run.location());
    }

    @Test
    void stockDl4jReadsTheModel() throws IOException {
        Path model = new Path(written(hdfs.folder("store/stock")).location(), "model.zip");
        try (InputStream in = model.getFileSystem(configuration).open(model)) {
            MultiLayerNetwork restored = ModelSerializer.restoreMultiLayerNetwork(in, false);
            assertThat(restored.params().toFloatVector()).containsExactly(2, 3);
        }
    }

    @Test
    void aRootThatCannotBeWrittenIsWrongInputAndNothingIsLeft() throws IOException {
        URI root = hdfs.folder("store/closed/runs");
        FileSystem files = FileSystem.get(root, configuration);
        Path file = new Path(hdfs.folder("store/closed"));
        files.create(file).close();
        assertThatThrownBy(() -> RunStore.at(root, configuration).requireWritable("x"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("Cannot store runs in " + root + ": ")
                .hasMessageEndingWith("(expected a folder that can be written)");
        assertThat(files.getFileStatus(file).isFile()).isTrue();
    }

    @Test
    void aTrialOfWritingLeavesNothingBehind() throws IOException {
        URI root = hdfs.folder("store/trial/a/b");
        RunStore.at(root, configuration).requireWritable("x");
        assertThat(FileSystem.get(root, configuration).exists(new Path(hdfs.folder("store/trial"))))
                .isFalse();
    }

    /** A writer that died leaves its file open; another goes on. */
    @Test
    void aJournalIsReadWhileItIsWrittenAndGoneOnWithWithoutBeingClosed() {
        RunDirectory run = written(hdfs.folder("journals"));
        Journal first = run.openJournal();
        first.append("one");
        first.append("two");
        assertThat(run.stored().journal()).containsExactly("one", "two");

        try (Journal second = run.openJournal()) {
            assertThat(second.past()).containsExactly("one", "two");
            second.append("three");
        }
        assertThat(run.stored().journal()).containsExactly("one", "two", "three");
    }

    @Test
    void aNameNodeThatDoesNotAnswerIsWrongInput() {
        Configuration impatient = new Configuration(configuration);
        impatient.setInt("ipc.client.connect.max.retries", 0);
        assertThatThrownBy(() -> RunStore.at(URI.create("hdfs://127.0.0.1:1/runs"), impatient)
                        .requireWritable("x"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("hdfs://127.0.0.1:1/runs");
    }
}
