package dev.starling.tests.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.driver.files.Journal;
import dev.starling.driver.files.StoreFiles;
import dev.starling.driver.selection.search.Budget;
import dev.starling.driver.selection.search.EventJson;
import dev.starling.driver.selection.search.Objective;
import dev.starling.driver.selection.search.SweepSpec;
import dev.starling.driver.selection.search.halving.EarlyTermination;
import dev.starling.driver.selection.search.sampler.Search;
import dev.starling.driver.selection.search.space.Choice;
import dev.starling.driver.selection.search.space.Dimension;
import dev.starling.driver.selection.search.space.Parameter;
import dev.starling.driver.selection.search.space.Space;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManySlotsTest {
    @TempDir
    private Path folder;

    static SweepSpec sweep(int trials, EarlyTermination early) {
        return sweep(space(), trials, early);
    }

    private static Space space() {
        Parameter rate = new Parameter("adam.rate", new Dimension.LogUniform(1e-4, 1e-1));
        Choice optimizer = new Choice(
                List.of(new Choice.Option("adam", "adam", List.of(rate)), new Choice.Option("sgd", "sgd", List.of())));
        return new Space(List.of(
                new Parameter("x", new Dimension.Uniform(0, 1, OptionalDouble.empty())),
                new Parameter("y", new Dimension.Uniform(0, 1, OptionalDouble.empty())),
                new Parameter("units", new Dimension.Whole(16, 512, 16, false)),
                new Parameter("batch", new Dimension.Whole(8, 256, 1, true)),
                new Parameter("optimizer", optimizer)));
    }

    static SweepSpec sweep(Space space, int trials, EarlyTermination early) {
        return new SweepSpec(
                space,
                new Search.Tpe(),
                new Objective(false, Objective.Measured.VALIDATION, "loss"),
                early,
                new Budget(OptionalInt.of(trials), Optional.empty(), OptionalLong.empty(), 10),
                1,
                List.of());
    }

    @Test
    void slotsAreAtWorkAlmostAllTheTime() {
        Simulation.Figures figures = simulate(1000, 32, new EarlyTermination.Asha(1, 3));

        assertThat(figures.idleWhileTrialsBegin()).isLessThan(0.05);
        assertThat(figures.finished()).isBetween(30, 250);
    }

    /** When the last trial has begun, slots run dry one after the other: that is told, and bounded only by how much trials differ. */
    @Test
    @Tag("full")
    void tenThousandTrialsKeep256SlotsAtWorkUntilTheLastBegins() throws IOException {
        long before = usedMemory();
        Simulation.Figures straight = simulate(10_000, 256, new EarlyTermination.None());
        System.out.println("10,000 trials, 256 slots, none: " + straight);
        assertThat(straight.idleWhileTrialsBegin()).isLessThan(0.05);
        assertThat(straight.idle()).isLessThan(0.1);
        assertThat(straight.finished()).isEqualTo(10_000);
        Path journal = folder.resolve("10000-none").resolve("journal.jsonl");
        System.out.println(
                "journal " + Files.size(journal) + " bytes; memory " + (usedMemory() - before) + " bytes more");

        Simulation.Figures asha = simulate(10_000, 256, new EarlyTermination.Asha(1, 3));
        System.out.println("10,000 trials, 256 slots, asha: " + asha);
        assertThat(asha.idleWhileTrialsBegin()).isLessThan(0.05);
        assertThat(asha.finished() + asha.paused()).isEqualTo(10_000);
        assertThat(events("10000-asha")).isEqualTo(1 + 2 * asha.assignments());
    }

    /** As long as real ones on the digits took, the longest almost five times the mean; the planner's own time passes, too. */
    @Test
    @Tag("full")
    void tenThousandTrialsAsLongAsRealOnesKeep256SlotsAtWork() {
        DigitsTable table = DigitsTable.read();
        Simulation.Figures figures = new Simulation(
                        sweep(table.space(), 10_000, new EarlyTermination.None()),
                        256,
                        table.asTrainings(),
                        folder.resolve("recorded"))
                .run();
        System.out.println("10,000 trials, 256 slots, recorded times: " + figures);

        assertThat(figures.finished()).isEqualTo(10_000);
        assertThat(figures.idleWhileTrialsBegin()).isLessThan(0.05);
        assertThat(figures.idle()).isLessThan(0.05);
    }

    private int events(String name) {
        StoreFiles files = StoreFiles.at(URI.create(folder.resolve(name).toString()), new Configuration());
        return EventJson.parse(
                        Journal.read(files),
                        sweep(1, new EarlyTermination.None()).space(),
                        name)
                .size();
    }

    private static long usedMemory() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private Simulation.Figures simulate(int trials, int slots, EarlyTermination early) {
        String name = trials + "-" + (early instanceof EarlyTermination.None ? "none" : "asha");
        return new Simulation(sweep(trials, early), slots, new Simulation.MadeUp(), folder.resolve(name)).run();
    }
}
