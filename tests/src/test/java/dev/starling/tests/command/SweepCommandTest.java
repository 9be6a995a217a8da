package dev.starling.tests.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.starling.tests.Result;
import dev.starling.tests.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sweep}, and {@code resume} of one, from arguments to what lies in the store, in this JVM. */
class SweepCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GRID =
            """
            sweep:
              search: grid
              objective: {maximize: validation.accuracy}
              space:
                network.layers[0].dense.units: {choice: [2, 8]}
                training.optimizer.adam.learningRate: {choice: [0.0001, 0.05, 0.1]}
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        Points.write(folder);
        sweep(GRID);
    }

    private void sweep(String section) throws IOException {
        Files.writeString(folder.resolve("sweep.yaml"), Points.EXPERIMENT + section);
    }

    private Result starling(String... args) {
        return new Shell(folder, Map.of()).run(args);
    }

    private Path run(String... more) {
        return run(2, more);
    }

    private Path run(int slots, String... more) {
        List<String> args = new ArrayList<>(List.of("sweep", "sweep.yaml", "--master", "local[" + slots + "]"));
        args.addAll(List.of(more));
        Result result = starling(args.toArray(String[]::new));
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.err())
                .containsPattern(
                        "trials: [0-9a].*, of at most [0-9]+ epochs?; [0-9]+ rows to learn from, [0-9]+ to measure on.*; "
                                + slots + " slot");
        return Path.of(result.lastLine());
    }

    private static JsonNode json(Path file) throws IOException {
        return JSON.readTree(Files.readString(file));
    }

    private static List<JsonNode> journal(Path run) throws IOException {
        List<JsonNode> events = new ArrayList<>();
        for (String line : Files.readAllLines(run.resolve("journal.jsonl"))) {
            events.add(JSON.readTree(line));
        }
        return events;
    }

    private static long count(Path run, String event) throws IOException {
        return journal(run).stream()
                .filter(e -> e.path("event").asText().equals(event))
                .count();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aGridIsTriedAndItsBestPointTrainedOnAllButTheTestRows() throws IOException {
        Path run = run();

        assertThat(names(run))
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
        assertThat(names(run.resolve("trials"))).hasSize(6);
        assertThat(names(run.resolve("trials/0"))).containsExactly("history.csv", "metrics.json");
        assertThat(Files.readAllLines(run.resolve("trials.csv")))
                .hasSize(7)
                .first()
                .isEqualTo("trial,state,epochs,bestEpoch,validation.accuracy,seconds,"
                        + "network.layers[0].dense.units,training.optimizer.adam.learningRate,cause");
        JsonNode best = json(run.resolve("metrics.json")).path("best");
        assertThat(best.at("/test/accuracy").asDouble()).isGreaterThan(0.9);
        assertThat(best.at("/params/training.optimizer.adam.learningRate").asDouble())
                .isGreaterThan(0.01);
        assertThat(json(run.resolve("metrics.json")).path("trials").asInt()).isEqualTo(6);
        assertThat(count(run, "finished")).isEqualTo(6);
    }

    @Test
    void theReportTellsOfTheSweepAndReportMakesItAgainEvenOfOneThatWasCut() throws IOException {
        Path run = run();
        String best = json(run.resolve("metrics.json")).at("/best/trial").asText();
        assertThat(Files.readString(run.resolve("report.html")))
                .contains("6 trials: 6 finished; validation.accuracy is to be large.")
                .contains("<h2>Best: trial " + best + "</h2>")
                .contains("Best so far: validation.accuracy", "Metrics of the final model", "Confusion on test");
        assertThat(starling("runs").out()).containsPattern("finished +sweep  test  loss [0-9.]+ +accuracy");

        Path cut = folder.resolve("runs/cut-20260101T000000Z-abcdef");
        Files.createDirectories(cut);
        Files.copy(run.resolve("experiment.yaml"), cut.resolve("experiment.yaml"));
        List<String> lines = Files.readAllLines(run.resolve("journal.jsonl"));
        Files.write(cut.resolve("journal.jsonl"), lines.subList(0, 4));
        assertThat(starling("report", "cut").status()).isZero();
        assertThat(Files.readString(cut.resolve("report.html")))
                .contains("This sweep is not finished")
                .contains("2 trials: 1 running, 1 finished;");
    }

    /** 160 rows that are no test rows learn, 40 that are score; a trial learns from 144 and is watched by 16. */
    @Test
    void theTestRowsAreReadByNothingButTheLastModel() throws IOException {
        Path run = run();

        JsonNode trial = json(run.resolve("trials/1/metrics.json"));
        assertThat(trial.has("test")).isFalse();
        assertThat(trial.at("/validation/classes/0/support").asInt()
                        + trial.at("/validation/classes/1/support").asInt())
                .isEqualTo(16);
        JsonNode best = json(run.resolve("metrics.json")).path("best");
        assertThat(best.at("/test/classes/0/support").asInt()
                        + best.at("/test/classes/1/support").asInt())
                .isEqualTo(40);
        assertThat(best.at("/train/classes/0/support").asInt()
                        + best.at("/train/classes/1/support").asInt())
                .isEqualTo(160);
    }

    @Test
    void stockDl4jReadsTheWinnersModelAndEvaluateMeasuresIt() throws IOException {
        Path run = run("--set", "sweep.space={\"network.layers[0].dense.units\": {choice: [3, 5]}}");
        int units = json(run.resolve("metrics.json"))
                .at("/best/params/network.layers[0].dense.units")
                .asInt();

        assertThat(ModelSerializer.restoreMultiLayerNetwork(
                                run.resolve("model.zip").toFile())
                        .getLayer(0)
                        .getParam("W")
                        .columns())
                .isEqualTo(units);
        Result evaluated = starling("evaluate", run.toString(), "--master", "local[1]");
        assertThat(evaluated.status()).as(evaluated.err()).isZero();
        JsonNode test = JSON.readTree(evaluated.out()).path("test");
        JsonNode stored = json(run.resolve("metrics.json")).at("/best/test");
        assertThat(test.path("confusion")).isEqualTo(stored.path("confusion"));
        // Summed in another order, by the blocks of the data.
        assertThat(test.path("loss").asDouble()).isCloseTo(stored.path("loss").asDouble(), within(1e-12));
    }

    @Test
    void theSameSeedAndOneSlotGiveTheSameTrials() throws IOException {
        sweep(
                """
                sweep:
                  trials: 14
                  earlyTermination: {asha: {minEpochs: 1, reduction: 2}}
                  space:
                    network.layers[0].dense.units: {integer: [2, 16]}
                    training.optimizer:
                      choice: [{adam: {learningRate: {logUniform: [1e-4, 1e-1]}}}, {sgd: {learningRate: 0.1}}]
                """);
        Path once = run(1);
        Path again = run(1);

        assertThat(told(once)).isEqualTo(told(again));
        assertThat(count(once, "paused")).isGreaterThanOrEqualTo(14);
        assertThat(names(once.resolve("trials/0"))).contains("history.csv", "metrics.json");
        assertThat(best(once)).isEqualTo(best(again));
    }

    private static JsonNode best(Path run) throws IOException {
        return ((ObjectNode) json(run.resolve("metrics.json")).path("best")).without("timing");
    }

    private static List<String> told(Path run) throws IOException {
        List<String> told = new ArrayList<>();
        for (JsonNode event : journal(run)) {
            told.add(event.path("event").asText() + event.path("trial") + event.path("params") + event.path("values"));
        }
        return told;
    }

    @Test
    void trialsThatPausedGoOnFromWhereTheyWere() throws IOException {
        String space = "  space: {training.optimizer.adam.learningRate: {choice: [0.01, 0.02, 0.04, 0.08]}}\n";
        sweep("sweep:\n  search: grid\n" + space);
        Path straight = run(1);
        sweep("sweep:\n  search: grid\n  earlyTermination: {asha: {minEpochs: 1, reduction: 2}}\n" + space);
        Path halving = run(1);

        for (JsonNode event : journal(halving)) {
            if (event.path("event").asText().equals("finished")) {
                Path trial = Path.of("trials", event.path("trial").asText());
                assertThat(halving.resolve(trial).resolve("history.csv"))
                        .hasSameTextualContentAs(straight.resolve(trial).resolve("history.csv"));
                assertThat(json(halving.resolve(trial).resolve("metrics.json")))
                        .isEqualTo(json(straight.resolve(trial).resolve("metrics.json")));
            }
        }
        assertThat(count(halving, "finished")).isBetween(1L, 3L);
    }

    @Test
    void aTrialThatIsInvalidOrTurnsNanFailsAndTheOthersGoOn() throws IOException {
        sweep(
                """
                sweep:
                  search: grid
                  space:
                    training.optimizer: {choice: [{sgd: {learningRate: 1e30}}, {sgd: {learningRate: 0.1, momentum: 2}}, {sgd: {learningRate: 0.1}}]}
                    network.layers[0].dense.activation: {choice: [relu, tanh]}
                """);
        Path run = run();

        JsonNode metrics = json(run.resolve("metrics.json"));
        assertThat(metrics.path("trials").asInt()).isEqualTo(6);
        assertThat(metrics.path("failed").asInt()).isGreaterThanOrEqualTo(3);
        assertThat(metrics.at("/best/params/training.optimizer").asText()).contains("0.1}");
        assertThat(Files.readString(run.resolve("trials.csv")))
                .contains("training.optimizer.sgd.momentum: 2 (expected a number, from 0 to below 1)")
                .contains("NaN");
    }

    @Test
    void tooManyFailuresEndTheSweepWhichCanGoOnWithMore() throws IOException {
        sweep(
                """
                sweep:
                  search: grid
                  maxFailed: 0
                  space: {training.optimizer.adam.beta1: {choice: [1.5, 0.5, 0.9]}}
                """);
        Result failed = starling("sweep", "sweep.yaml", "--master", "local[1]");
        assertThat(failed.status()).isEqualTo(1);
        assertThat(failed.problems()).singleElement().asString().contains("1 trials failed");
        Path run = new Shell(folder, Map.of()).stored("runs").get(0);
        assertThat(run.resolve("_SUCCESS")).doesNotExist();

        Result resumed = starling("resume", run.toString(), "--master", "local[1]", "--set", "sweep.maxFailed=1");
        assertThat(resumed.status()).as(resumed.err()).isZero();
        assertThat(count(run, "failed")).isEqualTo(1);
        assertThat(count(run, "finished")).isEqualTo(2);
    }

    @Test
    void aFinishedSweepIsExtendedAndKeepsItsTrials() throws IOException {
        sweep(
                """
                sweep:
                  trials: 4
                  space: {training.optimizer.adam.learningRate: {logUniform: [1e-4, 1e-1]}}
                """);
        Path run = run();
        Result resumed = starling("resume", run.toString(), "--master", "local[2]", "--set", "sweep.trials=7");
        assertThat(resumed.status()).as(resumed.err()).isZero();

        assertThat(Path.of(resumed.lastLine())).isEqualTo(run);
        assertThat(count(run, "started")).isEqualTo(7);
        assertThat(json(run.resolve("metrics.json")).path("trials").asInt()).isEqualTo(7);
        assertThat(run.resolve("_SUCCESS")).exists();
        assertThat(starling("resume", run.toString(), "--set", "training.epochs=3")
                        .problems())
                .containsExactly(
                        "Cannot resume with --set training.epochs=3: a sweep goes on as it began (expected only sweep.trials, sweep.maxTime, sweep.maxEpochs, sweep.maxFailed)");
    }

    @Test
    void whatCannotBeSweptIsToldAndNothingIsStored() throws IOException {
        sweep(GRID.replace("dense.units", "dense.unit"));
        Result result = starling("sweep", "sweep.yaml", "--master", "local[1]");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.problems())
                .containsExactly(
                        "sweep.yaml:21: sweep.space.network.layers[0].dense.unit: unknown key (expected units)");
        assertThat(new Shell(folder, Map.of()).stored("runs")).isEmpty();
    }

    @Test
    void aTrialIsTrainedByEachOfItsSeeds() throws IOException {
        Path run =
                run("--set", "sweep.seedsPerTrial=2", "--set", "sweep.space={training.batchSize: {choice: [8, 16]}}");

        assertThat(names(run.resolve("trials/0"))).containsExactly("1", "history.csv", "metrics.json");
        assertThat(run.resolve("trials/0/1/history.csv"))
                .content()
                .isNotEqualTo(Files.readString(run.resolve("trials/0/history.csv")));
    }

    /** The folds, their seeds and so the values are those of cross-validate. */
    @Test
    void crossValidationDecides() throws IOException {
        String folds = "crossValidation: {folds: 3}\n";
        sweep(
                folds
                        + """
                        sweep:
                          search: grid
                          objective: {maximize: mean.accuracy}
                          space:
                            network.layers[0].dense.units: {choice: [2, 8]}
                        """);
        Path run = run();
        Files.writeString(
                folder.resolve("folds.yaml"), Points.EXPERIMENT.replace("replicas: 2", "replicas: 1") + folds);
        Result crossValidated = starling("cross-validate", "folds.yaml", "--master", "local[2]");
        assertThat(crossValidated.status()).as(crossValidated.err()).isZero();

        JsonNode finished = journal(run).stream()
                .filter(e -> e.path("event").asText().equals("finished")
                        && e.path("trial").asInt() == 1)
                .findFirst()
                .orElseThrow();
        assertThat(finished.at("/values/5").asDouble())
                .isEqualTo(json(Path.of(crossValidated.lastLine()).resolve("metrics.json"))
                        .at("/mean/accuracy")
                        .asDouble());
        assertThat(names(run.resolve("trials/1"))).containsExactly("1", "2", "history.csv", "metrics.json");
        assertThat(json(run.resolve("metrics.json")).at("/best/test/accuracy").asDouble())
                .isGreaterThan(0.8);
    }
}
