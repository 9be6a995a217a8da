package dev.starling.tests.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.starling.tests.Result;
import dev.starling.tests.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sweep}, and {@code resume} of one, from arguments to what lies in the store, in this JVM. */
class SweepCommandTest {
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
    void aGridIsTriedAndItsBestPointTrainedOnAllButTheTestRows() throws IOException {
        Path run = sweeping.run();

        assertThat(Sweeping.names(run))
                .containsExactly(
                        "_SUCCESS",
                        "experiment.yaml",
                        "history.csv",
                        "journal.jsonl",
                        "metrics.json",
                        "model.zip",
                        "preprocessing.json",
                        "provenance.json",
                        "report.html",
                        "trials",
                        "trials.csv");
        assertThat(Sweeping.names(run.resolve("trials"))).hasSize(6);
        assertThat(Sweeping.names(run.resolve("trials/0"))).containsExactly("history.csv", "metrics.json");
        assertThat(Files.readAllLines(run.resolve("trials.csv")))
                .hasSize(7)
                .first()
                .isEqualTo("trial,state,epochs,bestEpoch,validation.accuracy,seconds,"
                        + "network.layers[0].dense.units,training.optimizer.adam.learningRate,cause");
        JsonNode best = Sweeping.json(run.resolve("metrics.json")).path("best");
        assertThat(best.at("/test/accuracy").asDouble()).isGreaterThan(0.9);
        assertThat(best.at("/params/training.optimizer.adam.learningRate").asDouble())
                .isGreaterThan(0.01);
        assertThat(Sweeping.json(run.resolve("metrics.json")).path("trials").asInt())
                .isEqualTo(6);
        assertThat(Sweeping.count(run, "finished")).isEqualTo(6);
    }

    @Test
    void theReportTellsOfTheSweepAndReportMakesItAgainEvenOfOneThatWasCut() throws IOException {
        Path run = sweeping.run();
        String best =
                Sweeping.json(run.resolve("metrics.json")).at("/best/trial").asText();
        assertThat(Files.readString(run.resolve("report.html")))
                .contains("6 trials: 6 finished; validation.accuracy is to be large.")
                .contains("<h2>Best: trial " + best + "</h2>")
                .contains("Best so far: validation.accuracy", "Metrics of the final model", "Confusion on test");
        assertThat(sweeping.starling("runs").out()).containsPattern("finished +sweep  test  loss [0-9.]+ +accuracy");

        Path cut = folder.resolve("runs/cut-20260101T000000Z-abcdef");
        Files.createDirectories(cut);
        Files.copy(run.resolve("experiment.yaml"), cut.resolve("experiment.yaml"));
        List<String> lines = Files.readAllLines(run.resolve("journal.jsonl"));
        Files.write(cut.resolve("journal.jsonl"), lines.subList(0, 4));
        assertThat(sweeping.starling("report", "cut").status()).isZero();
        assertThat(Files.readString(cut.resolve("report.html")))
                .contains("This sweep is not finished")
                .contains("2 trials: 1 running, 1 finished;");
    }

    /** 160 rows that are no test rows learn, 40 that are score; a trial learns from 144 and is watched by 16. */
    @Test
    void theTestRowsAreReadByNothingButTheLastModel() throws IOException {
        Path run = sweeping.run();

        JsonNode trial = Sweeping.json(run.resolve("trials/1/metrics.json"));
        assertThat(trial.has("test")).isFalse();
        assertThat(trial.at("/validation/classes/0/support").asInt()
                        + trial.at("/validation/classes/1/support").asInt())
                .isEqualTo(16);
        JsonNode best = Sweeping.json(run.resolve("metrics.json")).path("best");
        assertThat(best.at("/test/classes/0/support").asInt()
                        + best.at("/test/classes/1/support").asInt())
                .isEqualTo(40);
        assertThat(best.at("/train/classes/0/support").asInt()
                        + best.at("/train/classes/1/support").asInt())
                .isEqualTo(160);
    }

    @Test
    void stockDl4jReadsTheWinnersModelAndEvaluateMeasuresIt() throws IOException {
        Path run = sweeping.run("--set", "sweep.space={\"network.layers[0].dense.units\": {choice: [3, 5]}}");
        int units = Sweeping.json(run.resolve("metrics.json"))
                .at("/best/params/network.layers[0].dense.units")
                .asInt();

        assertThat(ModelSerializer.restoreMultiLayerNetwork(
                                run.resolve("model.zip").toFile())
                        .getLayer(0)
                        .getParam("W")
                        .columns())
                .isEqualTo(units);
        Result evaluated = sweeping.starling("evaluate", run.toString(), "--master", "local[1]");
        assertThat(evaluated.status()).as(evaluated.err()).isZero();
        JsonNode test = Sweeping.JSON.readTree(evaluated.out()).path("test");
        JsonNode stored = Sweeping.json(run.resolve("metrics.json")).at("/best/test");
        assertThat(test.path("confusion")).isEqualTo(stored.path("confusion"));
        // Summed in another order, by the blocks of the data.
        assertThat(test.path("loss").asDouble()).isCloseTo(stored.path("loss").asDouble(), within(1e-12));
    }

    @Test
    void theSameSeedAndOneSlotGiveTheSameTrials() throws IOException {
        sweeping.write(
                """
                sweep:
                  trials: 14
                  earlyTermination: {asha: {minEpochs: 1, reduction: 2}}
                  space:
                    network.layers[0].dense.units: {integer: [2, 16]}
                    training.optimizer:
                      choice: [{adam: {learningRate: {logUniform: [1e-4, 1e-1]}}}, {sgd: {learningRate: 0.1}}]
                """);
        Path once = sweeping.run(1);
        Path again = sweeping.run(1);

        assertThat(told(once)).isEqualTo(told(again));
        assertThat(Sweeping.count(once, "paused")).isGreaterThanOrEqualTo(14);
        assertThat(Sweeping.names(once.resolve("trials/0"))).contains("history.csv", "metrics.json");
        assertThat(best(once)).isEqualTo(best(again));
    }

    private static JsonNode best(Path run) throws IOException {
        return ((ObjectNode) Sweeping.json(run.resolve("metrics.json")).path("best")).without("timing");
    }

    private static List<String> told(Path run) throws IOException {
        List<String> told = new ArrayList<>();
        for (JsonNode event : Sweeping.journal(run)) {
            told.add(event.path("event").asText() + event.path("trial") + event.path("params") + event.path("values"));
        }
        return told;
    }

    @Test
    void whatCannotBeSweptIsToldAndNothingIsStored() throws IOException {
        sweeping.write(Sweeping.GRID.replace("dense.units", "dense.unit"));
        Result result = sweeping.starling("sweep", "sweep.yaml", "--master", "local[1]");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.problems())
                .containsExactly(
                        "sweep.yaml:21: sweep.space.network.layers[0].dense.unit: unknown key (expected units)");
        assertThat(new Shell(folder, Map.of()).stored("runs")).isEmpty();
    }
}
