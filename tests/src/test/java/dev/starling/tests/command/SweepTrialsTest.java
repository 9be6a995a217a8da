package dev.starling.tests.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.starling.tests.Result;
import dev.starling.tests.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the trials of {@code sweep} go: they pause, fail, become more, and are trained by several seeds or folds. */
class SweepTrialsTest {
    @TempDir
    private Path folder;

    private Sweeping sweeping;

    @BeforeEach
    void write() throws IOException {
        Points.write(folder);
        sweeping = new Sweeping(folder);
        sweeping.write(Sweeping.GRID);
    }

    @Test
    void trialsThatPausedGoOnFromWhereTheyWere() throws IOException {
        String space = "  space: {training.optimizer.adam.learningRate: {choice: [0.01, 0.02, 0.04, 0.08]}}\n";
        sweeping.write("sweep:\n  search: grid\n" + space);
        Path straight = sweeping.run(1);
        sweeping.write("sweep:\n  search: grid\n  earlyTermination: {asha: {minEpochs: 1, reduction: 2}}\n" + space);
        Path halving = sweeping.run(1);

        for (JsonNode event : Sweeping.journal(halving)) {
            if (event.path("event").asText().equals("finished")) {
                Path trial = Path.of("trials", event.path("trial").asText());
                assertThat(halving.resolve(trial).resolve("history.csv"))
                        .hasSameTextualContentAs(straight.resolve(trial).resolve("history.csv"));
                assertThat(Sweeping.json(halving.resolve(trial).resolve("metrics.json")))
                        .isEqualTo(Sweeping.json(straight.resolve(trial).resolve("metrics.json")));
            }
        }
        assertThat(Sweeping.count(halving, "finished")).isBetween(1L, 3L);
    }

    @Test
    void aTrialThatIsInvalidOrTurnsNanFailsAndTheOthersGoOn() throws IOException {
        sweeping.write(
                """
                sweep:
                  search: grid
                  space:
                    training.optimizer: {choice: [{sgd: {learningRate: 1e30}}, {sgd: {learningRate: 0.1, momentum: 2}}, {sgd: {learningRate: 0.1}}]}
                    network.layers[0].dense.activation: {choice: [relu, tanh]}
                """);
        Path run = sweeping.run();

        JsonNode metrics = Sweeping.json(run.resolve("metrics.json"));
        assertThat(metrics.path("trials").asInt()).isEqualTo(6);
        assertThat(metrics.path("failed").asInt()).isGreaterThanOrEqualTo(3);
        assertThat(metrics.at("/best/params/training.optimizer").asText()).contains("0.1}");
        assertThat(Files.readString(run.resolve("trials.csv")))
                .contains("training.optimizer.sgd.momentum: 2 (expected a number, from 0 to below 1)")
                .contains("NaN");
    }

    @Test
    void tooManyFailuresEndTheSweepWhichCanGoOnWithMore() throws IOException {
        sweeping.write(
                """
                sweep:
                  search: grid
                  maxFailed: 0
                  space: {training.optimizer.adam.beta1: {choice: [1.5, 0.5, 0.9]}}
                """);
        Result failed = sweeping.starling("sweep", "sweep.yaml", "--master", "local[1]");
        assertThat(failed.status()).isEqualTo(1);
        assertThat(failed.problems()).singleElement().asString().contains("1 trials failed");
        Path run = new Shell(folder, Map.of()).stored("runs").get(0);
        assertThat(run.resolve("_SUCCESS")).doesNotExist();

        Result resumed =
                sweeping.starling("resume", run.toString(), "--master", "local[1]", "--set", "sweep.maxFailed=1");
        assertThat(resumed.status()).as(resumed.err()).isZero();
        assertThat(Sweeping.count(run, "failed")).isEqualTo(1);
        assertThat(Sweeping.count(run, "finished")).isEqualTo(2);
    }

    @Test
    void aFinishedSweepIsExtendedAndKeepsItsTrials() throws IOException {
        sweeping.write(
                """
                sweep:
                  trials: 4
                  space: {training.optimizer.adam.learningRate: {logUniform: [1e-4, 1e-1]}}
                """);
        Path run = sweeping.run();
        Result resumed = sweeping.starling("resume", run.toString(), "--master", "local[2]", "--set", "sweep.trials=7");
        assertThat(resumed.status()).as(resumed.err()).isZero();

        assertThat(Path.of(resumed.lastLine())).isEqualTo(run);
        assertThat(Sweeping.count(run, "started")).isEqualTo(7);
        assertThat(Sweeping.json(run.resolve("metrics.json")).path("trials").asInt())
                .isEqualTo(7);
        assertThat(run.resolve("_SUCCESS")).exists();
        assertThat(sweeping.starling("resume", run.toString(), "--set", "training.epochs=3")
                        .problems())
                .containsExactly(
                        "Cannot resume with --set training.epochs=3: a sweep goes on as it began (expected only sweep.trials, sweep.maxTime, sweep.maxEpochs, sweep.maxFailed)");
    }

    @Test
    void aTrialIsTrainedByEachOfItsSeeds() throws IOException {
        Path run = sweeping.run(
                "--set", "sweep.seedsPerTrial=2", "--set", "sweep.space={training.batchSize: {choice: [8, 16]}}");

        assertThat(Sweeping.names(run.resolve("trials/0"))).containsExactly("1", "history.csv", "metrics.json");
        assertThat(run.resolve("trials/0/1/history.csv"))
                .content()
                .isNotEqualTo(Files.readString(run.resolve("trials/0/history.csv")));
    }

    /** The folds, their seeds and so the values are those of cross-validate. */
    @Test
    void crossValidationDecides() throws IOException {
        String folds = "crossValidation: {folds: 3}\n";
        sweeping.write(
                folds
                        + """
                        sweep:
                          search: grid
                          objective: {maximize: mean.accuracy}
                          space:
                            network.layers[0].dense.units: {choice: [2, 8]}
                        """);
        Path run = sweeping.run();
        Files.writeString(
                folder.resolve("folds.yaml"), Points.EXPERIMENT.replace("replicas: 2", "replicas: 1") + folds);
        Result crossValidated = sweeping.starling("cross-validate", "folds.yaml", "--master", "local[2]");
        assertThat(crossValidated.status()).as(crossValidated.err()).isZero();

        JsonNode finished = Sweeping.journal(run).stream()
                .filter(e -> e.path("event").asText().equals("finished")
                        && e.path("trial").asInt() == 1)
                .findFirst()
                .orElseThrow();
        assertThat(finished.at("/values/5").asDouble())
                .isEqualTo(Sweeping.json(Path.of(crossValidated.lastLine()).resolve("metrics.json"))
                        .at("/mean/accuracy")
                        .asDouble());
        assertThat(Sweeping.names(run.resolve("trials/1"))).containsExactly("1", "2", "history.csv", "metrics.json");
        assertThat(Sweeping.json(run.resolve("metrics.json"))
                        .at("/best/test/accuracy")
                        .asDouble())
                .isGreaterThan(0.8);
    }
}
