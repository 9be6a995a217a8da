package dev.starling.tests.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.starling.worker.InvalidInput;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the benchmarks' figures rest on; measuring itself is no test. */
class BenchmarkPartsTest {
    private static final PrintStream NOWHERE =
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    @Test
    void aMedianIsTheMiddleOrTheMeanOfTheTwoMiddleOnes() {
        assertThat(Samples.median(new double[] {5, 1, 3})).isEqualTo(3);
        assertThat(Samples.median(new double[] {8, 1, 3, 5})).isEqualTo(4);
        assertThat(Samples.median(new double[0])).isNaN();
    }

    @Test
    void aRequirementIsALineForScripts() {
        assertThat(Requirement.atLeast("a / b", 12.3456, 12).line()).isEqualTo("a / b\t12.346\t>= 12.000");
        assertThat(Requirement.atMost("share", 0.021, 0.03).line()).isEqualTo("share\t0.021\t<= 0.030");
    }

    @Test
    void whatDoesNotRunIsLeftOutAndTheWarmUpDoesNotCount() {
        Path log = folder.resolve("log");
        // Answers 100 at first, then 7.
        List<String> counts = List.of("sh", "-c", "read l; echo 100; while read l; do echo 7; done");
        try (Contender runs = Contender.start(List.of(counts), Map.of(), log);
                Contender ends = Contender.start(List.of(List.of("false")), Map.of(), log)) {
            List<Row> rows = List.of(new Row("runs", "", runs, "go", ""), new Row("ends", "", ends, "go", ""));
            Rounds rounds = Rounds.run(rows, 3, Duration.ZERO, NOWHERE);
            assertThat(rounds.median("runs")).isEqualTo(7);
            assertThat(rounds.of("runs").orElseThrow().most(0)).isEqualTo(7);
            assertThat(rounds.of("ends")).isEmpty();
            assertThat(rounds.median("ends")).isNaN();
        }
    }

    @Test
    void theSlowestProcessOfAContenderCounts() {
        List<List<String>> two = List.of(List.of("sh", "-c", "read l; echo 2"), List.of("sh", "-c", "read l; echo 3"));
        try (Contender pair = Contender.start(two, Map.of(), folder.resolve("log"))) {
            Row row = new Row("pair", "", pair, "go", seconds -> new double[] {6 / seconds[0]}, "");
            assertThat(row.measure().orElseThrow()[0]).isEqualTo(2, within(1e-12));
        }
    }

    @Test
    void withAdamThreeTimesTheParametersAreAveraged() {
        Experiments.Described mlp = Experiments.of(Path.of(System.getProperty("starling.root")), Work.MLP);
        int parameters = 784 * 256 + 256 + 256 * 256 + 256 + 256 * 10 + 10;
        assertThat(ClusterTable.averagedFloats(mlp)).isEqualTo(3 * parameters);
    }

    @Test
    void whatIsPartOfTheMeasurementIsNoNeighbour() throws Exception {
        // One core's worth of work by a process that is none of this one's children.
        Process starter = new ProcessBuilder(
                        "sh", "-c", "timeout 20 sh -c 'while :; do :; done' > /dev/null 2>&1 & echo $!")
                .start();
        long pid = Long.parseLong(starter.inputReader().readLine());
        starter.waitFor();
        ProcessHandle busy = ProcessHandle.of(pid).orElseThrow();
        Neighbours strangers = new Neighbours();
        Neighbours friends = new Neighbours(
                () -> Stream.concat(Stream.of(busy), busy.descendants()).toList());
        Thread.sleep(2000);
        double difference = strangers.share() - friends.share();
        busy.destroy();
        assertThat(difference).isPositive();
    }

    @Test
    void imagesAreWrittenAsTheyWereRead() throws Exception {
        byte[] pixels = new byte[2 * FashionMnist.PIXELS];
        pixels[FashionMnist.PIXELS] = (byte) 255;
        FashionMnist two = new FashionMnist(pixels, new byte[] {3, 9});
        two.write(folder.resolve("images"), folder.resolve("labels"));
        assertThat(Files.readAllBytes(folder.resolve("labels"))).containsExactly(0, 0, 8, 1, 0, 0, 0, 2, 3, 9);
        assertThat(Files.readAllBytes(folder.resolve("images")))
                .hasSize(16 + pixels.length)
                .startsWith(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 28, 0, 0, 0, 28);
        assertThat(two.features(1, 1)[0]).isEqualTo(1);
        assertThat(two.targets(1, 1)).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
    }

    @Test
    void missingDataAndWrongOptionsAreInvalidInput() {
        assertThatThrownBy(() -> FashionMnist.dataFolder(Map.of("STARLING_DATA", folder.toString()), folder))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("STARLING_DATA names the folder");
        assertThatThrownBy(() -> Options.parse(new String[] {"--repeat", "3"}, "repeats"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("--repeat ");
        assertThatThrownBy(() -> Options.parse(new String[] {"--repeats", "0"}, "repeats")
                        .count("repeats", 3))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("a whole number from 1");
        assertThatThrownBy(() -> Work.listOf("mlp,rnn")).isInstanceOf(InvalidInput.class);
    }
}
