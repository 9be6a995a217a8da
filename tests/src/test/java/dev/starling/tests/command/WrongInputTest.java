package dev.starling.tests.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.tests.Result;
import dev.starling.tests.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with an experiment is told at once and clearly, ends with 2, shows no stack trace and stores nothing. */
class WrongInputTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        Points.write(folder);
    }

    private Result train(String... more) {
        String[] args = new String[more.length + 4];
        System.arraycopy(new String[] {"train", "points.yaml", "--master", "local[2]"}, 0, args, 0, 4);
        System.arraycopy(more, 0, args, 4, more.length);
        return new Shell(folder, Map.of()).run(args);
    }

    private void edit(String from, String to) throws IOException {
        String text = Files.readString(folder.resolve("points.yaml"));
        assertThat(text).contains(from);
        Files.writeString(folder.resolve("points.yaml"), text.replace(from, to));
    }

    private void isWrong(Result result) {
        assertThat(result.status()).as(result.err()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).doesNotContain("at dev.starling", "\tat ", "Exception");
        assertThat(new Shell(folder, Map.of()).stored("runs")).isEmpty();
    }

    private void tells(Result result, String... problems) {
        isWrong(result);
        assertThat(result.problems()).containsExactly(problems);
    }

    @Test
    void anUnknownKeyIsToldWithTheNearest() throws IOException {
        edit("epochs: 6", "epoch: 6");
        tells(train(), "points.yaml:15: training.epoch: unknown key (expected epochs)");
    }

    @Test
    void severalErrorsComeAtOnce() throws IOException {
        edit("test: 0.2", "test: 1.2");
        edit("tanh", "tahn");
        edit("batchSize: 8", "batchSize: none");
        edit("replicas: 2", "replicass: 2");
        Result result = train("--set", "training.optimizer={adam: {learningrate: 0.05}}");
        isWrong(result);
        assertThat(result.problems())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("points.yaml:3: data.test: 1.2 (expected "),
                        line -> assertThat(line).startsWith("points.yaml:8: ").contains(": tahn (expected ", "tanh"),
                        line -> assertThat(line).startsWith("points.yaml:14: training.batchSize: none (expected "),
                        line -> assertThat(line)
                                .isEqualTo("points.yaml:16: cluster.replicass: unknown key (expected replicas)"),
                        line -> assertThat(line)
                                .startsWith("--set training.optimizer=")
                                .endsWith("learningrate: unknown key (expected learningRate)"));
    }

    @Test
    void aMissingExperimentIsTold() {
        Result result = new Shell(folder, Map.of()).run("train", "point.yaml");
        tells(result, "point.yaml: no such file (expected an experiment file)");
    }

    @Test
    void missingFilesAreToldAllAtOnceWithWhereTheyCanBeHad() throws IOException {
        edit("path: points.csv", "path: nowhere.csv");
        edit("test: 0.2", "test: {format: csv, path: nothing.csv, target: side}\n  source: the points of the notes");
        Result result = train();
        isWrong(result);
        assertThat(result.problems())
                .satisfiesExactly(
                        line -> assertThat(line).contains(folder + "/nowhere.csv", "the points of the notes"),
                        line -> assertThat(line).contains(folder + "/nothing.csv", "the points of the notes"));
    }

    @Test
    void anUndefinedVariableIsToldWithWhereTheDataCanBeHad() throws IOException {
        edit("path: points.csv", "path: '${POINTS_DATA}/points.csv'");
        edit("test: 0.2", "test: 0.2\n  source: the points of the notes");
        Result result = train();
        isWrong(result);
        assertThat(result.problems())
                .singleElement()
                .asString()
                .startsWith("points.yaml:2: data.train.path: ${POINTS_DATA}, which is not set")
                .contains("the points of the notes");
    }

    @Test
    void aBadNumberIsToldWithFileAndLine() throws IOException {
        Files.writeString(folder.resolve("points.csv"), "x,y,side\n0.1,0.2,left\n0.3,oops,right\n1..2,3,left\n");
        tells(
                train(),
                "Cannot read " + folder + "/points.csv:3: column 'y' holds 'oops' (expected a number)",
                "Cannot read " + folder + "/points.csv:4: column 'x' holds '1..2' (expected a number)");
    }

    @Test
    void aNanInTheDataIsToldWithFileAndLine() throws IOException {
        Files.writeString(folder.resolve("points.csv"), Points.csv(20) + "NaN,0.5,left\n");
        tells(train(), "Cannot read " + folder + "/points.csv:22: column 'x' holds NaN (expected a finite number)");
    }

    @Test
    void anEmptyFileIsTold() throws IOException {
        Files.writeString(folder.resolve("points.csv"), "");
        Result empty = train();
        isWrong(empty);
        assertThat(empty.problems()).singleElement().asString().contains(folder + "/points.csv", "empty");
        Files.writeString(folder.resolve("points.csv"), "x,y,side\n");
        Result header = train();
        isWrong(header);
        assertThat(header.problems()).singleElement().asString().contains(folder + "/points.csv", "row");
    }

    @Test
    void aLabelOutsideTheClassesOfTheTrainingDataIsToldWithItsLine() throws IOException {
        edit("test: 0.2", "test: {format: csv, path: test.csv, target: side}");
        Files.writeString(folder.resolve("test.csv"), "x,y,side\n0.1,0.2,left\n0.3,0.4,above\n");
        Result result = train();
        isWrong(result);
        assertThat(result.problems()).singleElement().asString().contains(folder + "/test.csv", "3", "above", "left");
    }

    @Test
    void moreClassesThanOutputsAreTold() throws IOException {
        Files.writeString(folder.resolve("points.csv"), Points.csv(20) + "0.5,0.5,between\n".repeat(9));
        Result result = train();
        isWrong(result);
        assertThat(result.problems()).singleElement().asString().contains("2 outputs", "3 classes");
    }

    @Test
    void layersThatDoNotFitAreToldWithTheirShapes() throws IOException {
        edit("    - dense: {units: 8, activation: tanh}", "    - conv2d: {name: edges, filters: 4, kernelSize: 7}");
        edit("network:", "network:\n  input: [5, 5, 1]");
        Result result = train();
        isWrong(result);
        assertThat(result.problems()).isNotEmpty().first().asString().contains("edges", "7", "[5, 5, 1]");
    }

    @Test
    void anInputThatTheDataDoNotFillIsTold() throws IOException {
        edit("network:", "network:\n  input: [3]");
        Result result = train();
        isWrong(result);
        assertThat(result.problems()).singleElement().asString().contains("network.input", "[3]", "2");
    }

    @Test
    @Timeout(60)
    void moreReplicasThanSlotsAreToldAtOnce() {
        Result result = train("--set", "cluster.replicas=5");
        isWrong(result);
        assertThat(result.problems()).singleElement().asString().contains("cluster.replicas: 5", "2 task slots");
    }

    @Test
    void fewerExamplesThanReplicasAreTold() throws IOException {
        Files.writeString(folder.resolve("points.csv"), Points.csv(4));
        edit("  test: 0.2\n  validation: 0.1\n", "");
        Result result = new Shell(folder, Map.of())
                .run("train", "points.yaml", "--master", "local[6]", "--set", "cluster.replicas=5");
        isWrong(result);
        assertThat(result.problems()).singleElement().asString().contains("4 examples", "cluster.replicas: 5");
    }

    @Test
    void aStoreThatCannotBeWrittenIsToldBeforeAnythingRuns() throws IOException {
        Files.writeString(folder.resolve("file"), "in the way");
        Result result = train("--runs", "file/runs");
        isWrong(result);
        assertThat(result.problems())
                .singleElement()
                .asString()
                .startsWith("Cannot store runs in " + folder.resolve("file/runs"))
                .endsWith("(expected a folder that can be written)");
    }

    @Test
    void aRunThatIsNotThereIsTold() {
        for (String command : List.of("evaluate", "report", "summary")) {
            Result result = new Shell(folder, Map.of()).run(command, "points-20");
            isWrong(result);
            assertThat(result.problems()).singleElement().asString().contains("points-20");
        }
    }
}
