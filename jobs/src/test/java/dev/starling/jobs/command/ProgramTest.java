package dev.starling.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.driver.store.RunDirectory;
import dev.starling.driver.store.RunStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that need no Spark, and what is refused before it starts. */
class ProgramTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        out.reset();
        err.reset();
        return Program.run(
                args,
                new Surroundings(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        folder,
                        Map.of(),
                        Optional.empty()));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private RunDirectory store(String name, int second) {
        RunDirectory run = RunStore.at(folder.resolve("runs").toUri(), new Configuration(false))
                .create(name, Instant.EPOCH.plusSeconds(second), "id" + second);
        run.writeExperiment("name: " + name + "\n");
        return run;
    }

    @Test
    void helpListsTheCommandsAndIsDone() {
        assertThat(run("--help")).isZero();
        assertThat(out())
                .contains(
                        "train",
                        "evaluate",
                        "predict",
                        "summary",
                        "runs",
                        "report",
                        "generate-completion",
                        "Exit status");
        assertThat(run("help", "train")).isZero();
        assertThat(out()).contains("EXPERIMENT", "--set", "--runs", "--master", "--conf", "--shared-disk", "--verbose");
    }

    @Test
    void versionNamesVersionAndCommit() {
        assertThat(run("--version")).isZero();
        assertThat(out()).matches("starling \\S+ \\(commit \\S+\\)\n");
    }

    @Test
    void noWordAtAllIsWrongInput() {
        assertThat(run()).isEqualTo(2);
        assertThat(err()).contains("Usage: starling");
        assertThat(out()).isEmpty();
    }

    @Test
    void completionIsAScript() {
        assertThat(run("generate-completion")).isZero();
        assertThat(out()).contains("complete -F _complete_starling").contains("--shared-disk");
    }

    @Test
    void anUnknownCommandOrOptionIsOneLineWithTheNearest() {
        assertThat(run("trian", "a.yaml")).isEqualTo(2);
        assertThat(err())
                .startsWith("starling: ")
                .contains("trian")
                .contains("train")
                .hasLineCount(1);
        assertThat(run("runs", "--verbos")).isEqualTo(2);
        assertThat(err()).startsWith("starling: ").contains("--verbos").hasLineCount(1);
        assertThat(run("train")).isEqualTo(2);
        assertThat(err()).startsWith("starling: ").contains("EXPERIMENT").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"train", "summary"})
    void aMissingExperimentIsToldBeforeSparkStarts(String command) {
        assertThat(run(command, "nowhere.yaml")).isEqualTo(2);
        assertThat(err()).startsWith("starling: nowhere.yaml: no such file").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"train", "cross-validate"})
    void localPathsOnAClusterAreToldBeforeItIsAsked(String command) throws IOException {
        Files.writeString(
                folder.resolve("a.yaml"),
                """
                data: {train: {format: csv, path: absent.csv, target: y}}
                network: {layers: [{dense: 1}]}
                training: {loss: meanSquaredError, epochs: 1}
                """);
        assertThat(run(command, "a.yaml", "--master", "spark://127.0.0.1:1")).isEqualTo(2);
        assertThat(err().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("starling: Cannot read " + folder.resolve("absent.csv")),
                        line -> assertThat(line)
                                .startsWith("starling: Cannot store runs in " + folder.resolve("runs")));
        assertThat(err()).contains("--shared-disk").doesNotContain("Cannot reach");
        assertThat(run(command, "a.yaml", "--master", "local-cluster[2,2]")).isEqualTo(2);
        assertThat(err())
                .isEqualTo("starling: Cannot read master local-cluster[2,2]"
                        + " (expected local-cluster[workers,cores,MiB])\n");
    }

    @Test
    void everyProblemOfAnExperimentIsALine() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), "sead: 1\nnetwork: {layers: [{dense: {unit: 3}}]}\n");
        assertThat(run("train", "a.yaml")).isEqualTo(2);
        assertThat(err().lines()).hasSizeGreaterThan(1).allMatch(line -> line.startsWith("starling: "));
        assertThat(err()).contains("sead").contains("unit");
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    void summaryCountsParametersWithoutData() throws IOException {
        Files.writeString(
                folder.resolve("notes.yaml"),
                """
                data:
                  train: {format: csv, path: absent.csv, target: y}
                network:
                  input: [2]
                  layers:
                    - dense: {units: 4, activation: sigmoid}
                    - dense: {units: 4, activation: sigmoid}
                    - dense: {units: 1, activation: sigmoid}
                training: {loss: binaryCrossentropy, optimizer: {sgd: {learningRate: 1}}, batchSize: 4, epochs: 1}
                """);
        assertThat(run("summary", "notes.yaml")).as(err()).isZero();
        assertThat(out())
                .containsPattern(" 12 ")
                .containsPattern(" 20 ")
                .containsPattern(" 5 ")
                .contains("Total params: 37");
        assertThat(run("summary", "notes.yaml", "--set", "network.layers[0].dense.units=8"))
                .as(err())
                .isZero();
        assertThat(out()).contains("Total params: 65");
    }

    @Test
    void runsListsTheNewestFirst() {
        store("old", 1).commit();
        store("new", 2);
        assertThat(run("runs")).isZero();
        assertThat(out()).isEqualTo("new-19700101T000002Z-id2  unfinished\nold-19700101T000001Z-id1  finished\n");
    }

    @Test
    void anEmptyStoreListsNothing() {
        assertThat(run("runs", "--runs", "elsewhere")).isZero();
        assertThat(out()).isEmpty();
        assertThat(folder.resolve("elsewhere")).doesNotExist();
    }

    @Test
    void reportMakesThePageAgainAndSaysWhere() throws IOException {
        RunDirectory run = store("iris", 1);
        assertThat(run("report", "iris")).isZero();
        Path page = Path.of(run.location(), "report.html");
        assertThat(out()).isEqualTo(page + "\n");
        assertThat(Files.readString(page)).contains("<title>iris-19700101T000001Z-id1</title>");
        assertThat(run("report", run.location())).isZero();
    }

    @Test
    void aRunThatIsNotThereIsWrongInput() {
        assertThat(run("report", "wine")).isEqualTo(2);
        assertThat(err())
                .startsWith("starling: Cannot open run wine: no run in ")
                .hasLineCount(1);
        assertThat(run("report", "some/where")).isEqualTo(2);
        assertThat(err())
                .startsWith("starling: Cannot open run " + folder.resolve("some/where") + ": there is nothing");
    }
}
