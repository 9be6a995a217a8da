package dev.starling.driver.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.driver.files.StoreFiles;
import dev.starling.worker.InvalidInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStoreTest {
    @TempDir
    private Path folder;

    private RunStore store() {
        return RunStore.at(folder.resolve("my runs").toUri(), new Configuration(false));
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static RunDirectory complete(RunDirectory run) {
        run.writeExperiment("seed: 1\n");
        run.writeProvenance(Examples.started());
        run.writeHistory(Examples.history());
        run.writeMetrics(Examples.metrics());
        run.writeModel(Examples.NETWORK, Examples.PARAMETERS, Examples.preparation());
        run.writeProvenance(Examples.finished());
        run.writeReport("<html></html>");
        return run;
    }

    @Test
    void namesARunByExperimentTimeAndId() {
        RunDirectory run = store().create("iris", Examples.START, "a1b2c3");
        assertThat(run.location())
                .isEqualTo(
                        folder.resolve("my runs/iris-20240501T123045Z-a1b2c3").toString());
    }

    @Test
    void leavesNothingButTheContractsFiles() throws IOException {
        RunDirectory run = complete(store().create("iris", Examples.START, "a"));
        run.commit();
        assertThat(names(Path.of(run.location())))
                .containsExactly(
                        "_SUCCESS",
                        "experiment.yaml",
                        "history.csv",
                        "metrics.json",
                        "model.zip",
                        "preprocessing.json",
                        "provenance.json",
                        "report.html");
    }

    @Test
    void readsBackAllThatWasStored() {
        RunDirectory run = complete(store().create("iris", Examples.START, "a"));
        StoredRun stored = StoredRun.at(Path.of(run.location()).toUri(), new Configuration(false));
        assertThat(stored.finished()).isFalse();
        run.commit();
        assertThat(stored.finished()).isTrue();
        assertThat(stored.experiment()).isEqualTo("seed: 1\n");
        assertThat(stored.provenance()).contains(Examples.finished());
        assertThat(stored.history()).contains(Examples.history());
        assertThat(stored.metrics()).contains(Examples.metrics());
        assertThat(stored.preparation()).isEqualTo(Examples.preparation());
        assertThat(stored.parameters()).containsExactly(Examples.PARAMETERS);
    }

    @Test
    void tellsWhatARunDoesNotHaveYet() {
        RunDirectory run = store().create("iris", Examples.START, "a");
        run.writeExperiment("seed: 1\n");
        assertThat(run.stored().metrics()).isEmpty();
        assertThatThrownBy(() -> run.stored().parameters())
                .isInstanceOf(InvalidInput.class)
                .hasMessage("Cannot use run " + run.location()
                        + ": it holds no model.zip (expected a finished run; resume goes on with this one)");
    }

    @Test
    void aWriteThatIsInterruptedLeavesNoHalfFileAndKeepsTheOldOne() throws IOException {
        StoreFiles files = StoreFiles.at(folder.toUri(), new Configuration(false));
        files.write("model.zip", new byte[] {1});
        assertThatThrownBy(() -> files.write("model.zip", out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("no space left");
                }))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("Cannot write " + folder + "/model.zip: no space left");
        assertThat(names(folder)).containsExactly("model.zip");
        assertThat(files.read("model.zip")).containsExactly(1);
    }

    @Test
    void twoRunsNeverShareADirectory() {
        store().create("iris", Examples.START, "a");
        assertThatThrownBy(() -> store().create("iris", Examples.START, "a"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("Cannot make run directory ");
    }

    @Test
    void findsOutThatItCanBeWrittenAndLeavesNothingBehind() throws IOException {
        store().requireWritable("x");
        assertThat(names(folder)).isEmpty();
        store().create("iris", Examples.START, "a");
        store().requireWritable("x");
        assertThat(names(folder.resolve("my runs"))).containsExactly("iris-20240501T123045Z-a");
    }

    @Test
    void aRootThatCannotBeWrittenIsWrongInput() throws IOException {
        Files.writeString(folder.resolve("my runs"), "a file");
        assertThatThrownBy(() -> store().requireWritable("x"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("Cannot store runs in " + folder.resolve("my runs") + ": ")
                .hasMessageEndingWith(" (expected a folder that can be written)");
    }

    @Test
    void aSchemeThatNoFileSystemHasIsWrongInput() {
        assertThatThrownBy(() -> RunStore.at(URI.create("gopher://host/runs"), new Configuration(false)))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("Cannot open gopher://host/runs: No FileSystem for scheme \"gopher\""
                        + " (expected a local path or a URI that Hadoop knows)");
    }

    @Test
    void listsTheNewestFirstAndPassesOverWhatIsNoRun() throws IOException {
        store().create("zebra", Examples.START, "a").writeExperiment("");
        store().create("apple-pie", Examples.START.plusSeconds(1), "b").writeExperiment("");
        Files.createDirectories(folder.resolve("my runs/notes"));
        assertThat(store().runs())
                .extracting(StoredRun::name)
                .containsExactly("apple-pie-20240501T123046Z-b", "zebra-20240501T123045Z-a");
    }

    @Test
    void anEmptyOrAbsentStoreHasNoRuns() {
        assertThat(store().runs()).isEmpty();
    }

    @Test
    void findsARunByNameOrByABeginningThatIsItsOwn() {
        store().create("iris", Examples.START, "a").writeExperiment("");
        store().create("iris", Examples.START, "ab").writeExperiment("");
        store().create("xor", Examples.START, "c").writeExperiment("");
        assertThat(store().find("x").name()).isEqualTo("xor-20240501T123045Z-c");
        assertThat(store().find("iris-20240501T123045Z-a").name()).isEqualTo("iris-20240501T123045Z-a");
        assertThat(store().find("iris").name()).isEqualTo("iris-20240501T123045Z-ab");
        assertThatThrownBy(() -> store().find("iri"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("several begin so: iris-20240501T123045Z-")
                .hasMessageNotContaining("xor");
        assertThatThrownBy(() -> store().find("wine"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("no run in " + store().location() + " begins so");
    }

    @Test
    void anUnfinishedRunDoesNotStandBesideAFinishedOne() {
        store().create("iris", Examples.START, "a").writeExperiment("");
        complete(store().create("iris", Examples.START, "b")).commit();
        store().create("iris", Examples.START, "c").writeExperiment("");
        assertThat(store().find("iris").name()).isEqualTo("iris-20240501T123045Z-b");
        complete(store().create("iris", Examples.START, "d")).commit();
        store().create("iris", Examples.START, "e").writeExperiment("");
        assertThat(store().find("iris").name()).isEqualTo("iris-20240501T123045Z-d");
        assertThatThrownBy(() -> store().find("iri"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("several begin so");
    }

    @Test
    void theNameOfAnExperimentIsNoBeginningOfAnothers() {
        store().create("digits", Examples.START, "a").writeExperiment("");
        store().create("digits-graph", Examples.START, "b").writeExperiment("");
        assertThat(store().find("digits").name()).isEqualTo("digits-20240501T123045Z-a");
        assertThat(store().find("digits-g").name()).isEqualTo("digits-graph-20240501T123045Z-b");
    }

    @Test
    void aDirectoryWithoutAnExperimentIsNoRun() {
        assertThatThrownBy(() -> StoredRun.at(folder.toUri(), new Configuration(false)))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("Cannot open run " + folder + ": it holds no experiment.yaml (expected a run's directory)");
    }
}
