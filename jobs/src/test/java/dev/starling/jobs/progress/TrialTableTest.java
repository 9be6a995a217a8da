package dev.starling.jobs.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.driver.selection.search.Objective;
import dev.starling.driver.selection.search.Objective.Measured;
import dev.starling.driver.selection.search.SweepEvent;
import dev.starling.driver.selection.search.SweepSpec;
import dev.starling.driver.selection.search.sampler.Search;
import dev.starling.driver.selection.search.space.Parameter;
import dev.starling.driver.selection.search.space.Space;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrialTableTest {
    private static final Space SPACE = Space.of(
            Parameter.integer("network.layers[0].dense.units", 4, 64),
            Parameter.logUniform("training.optimizer.adam.learningRate", 1e-4, 1e-1));
    private static final SweepSpec SPEC =
            SweepSpec.of(SPACE, new Search.Tpe(), new Objective(true, Measured.VALIDATION, "accuracy"), 10);

    private static Instant at(int second) {
        return Instant.EPOCH.plusSeconds(second);
    }

    private static SweepEvent started(int second, int trial, int from, int to) {
        return new SweepEvent.Started(
                at(second),
                trial,
                SPACE.draw(g -> g.parameters().stream()
                        .map(p -> p.dimension().at(trial / 10.0))
                        .toList()),
                from,
                to);
    }

    private static TrialTable table() {
        TrialTable table = new TrialTable(SPEC);
        List<SweepEvent> events = List.of(
                new SweepEvent.Opened(at(0)),
                started(0, 0, 0, 3),
                started(0, 1, 0, 3),
                new SweepEvent.Paused(at(10), 0, 3, List.of(0.5, 0.7, 0.9), 10),
                started(10, 2, 0, 3),
                new SweepEvent.Failed(at(12), 1, "Cannot go on training: the loss is NaN"),
                started(12, 3, 0, 3),
                new SweepEvent.Finished(at(14), 2, 3, List.of(0.1, 0.2, 0.3), 4, true),
                started(14, 0, 3, 9));
        events.forEach(table::take);
        return table;
    }

    /** Two trials of ten ended in twenty seconds and two run: eight are missing. */
    @Test
    void tellsHowManyStandWhereTheBestSoFarAndTheTimeLeft() {
        assertThat(table().lines(at(20)).get(0))
                .isEqualTo("trials 4/10  2 running  1 stopped  1 failed  best 0.9000 (0)  1:20 left");
    }

    @Test
    void theBestTrialStandsAboveThenThoseThatRunThenTheNewestOfTheOthers() {
        List<String> lines = table().lines(at(20));
        assertThat(lines.subList(1, lines.size()))
                .extracting(line -> line.substring(0, 46).stripTrailing())
                .containsExactly(
                        " trial  state       epochs     value   since",
                        "     0  best           3-9    0.9000    0:06",
                        "     0  running        3-9    0.9000    0:06",
                        "     3  running          3              0:08",
                        "     2  stopped          3    0.3000    0:06",
                        "     1  failed           3              0:08");
        assertThat(lines.get(2)).contains("units=4 learningRate=1.0E-4");
        assertThat(lines.get(6)).contains("Cannot go on training: the");
    }

    @Test
    void noLineIsWiderThanATerminalOfEightyColumns() {
        assertThat(table().lines(at(20))).allMatch(line -> line.length() < 80);
    }

    @Test
    void withoutATerminalEveryTrialThatPausesOrEndsIsALine() {
        String text = told(false);
        assertThat(text.replaceAll("(=1[.]99)[0-9]+E", "$1E"))
                .isEqualTo(
                        """
                        trial 0 paused after 1 of 9 epochs  validation.accuracy 0.9000 (best)  network.layers[0].dense.units=4  training.optimizer.adam.learningRate=1.0E-4
                        trial 1 finished 9 of 9 epochs  validation.accuracy 0.8000  network.layers[0].dense.units=10  training.optimizer.adam.learningRate=1.99E-4
                        """);
    }

    @Test
    void onATerminalOnlyWhatIsBetterThanAllBeforeItLeavesALine() {
        assertThat(told(true).lines()).singleElement().asString().startsWith("trial 0 paused after 1 of 9 epochs");
    }

    private static String told(boolean terminal) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Screen screen = new Screen(
                new PrintStream(bytes, true, StandardCharsets.UTF_8),
                terminal ? Optional.of(Terminal.USUAL) : Optional.empty());
        try (SweepProgress progress = new SweepProgress(screen, SPEC, 9)) {
            progress.happened(new SweepEvent.Opened(at(0)));
            progress.happened(started(0, 0, 0, 1));
            progress.happened(started(0, 1, 0, 9));
            progress.happened(new SweepEvent.Paused(at(1), 0, 1, List.of(0.9), 1));
            progress.happened(new SweepEvent.Finished(at(1), 1, 9, List.of(0.8, 0.7), 1, false));
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
