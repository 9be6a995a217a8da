package dev.starling.tests.search;

import dev.starling.driver.selection.search.SweepSpec;
import dev.starling.driver.selection.search.halving.EarlyTermination;
import dev.starling.driver.selection.search.sampler.Search;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The tables of {@code deploy/bench search}. */
public final class SearchTables {
    private SearchTables() {}

    /** Best values found on functions that are known. */
    public static void quality(PrintStream out, int seeds) {
        out.println("| | trials | random | Sobol | TPE | Optuna 5.0: random | Optuna 5.0: TPE |");
        out.println("|---|---|---|---|---|---|---|");
        row(out, Functions.branin(), 50, seeds, "1.28", "0.57");
        row(out, Functions.branin(), 100, seeds, "0.74", "0.42");
        row(out, Functions.hartmann6(), 50, seeds, "−1.79", "−2.93");
        row(out, Functions.hartmann6(), 100, seeds, "−2.07", "−3.19");
        row(out, DigitsTable.asFunction(), 50, seeds, "0.109", "0.097");
        row(out, DigitsTable.asFunction(), 100, seeds, "0.104", "0.083");
    }

    private static void row(PrintStream out, Functions function, int trials, int seeds, String random, String tpe) {
        StringBuilder line = new StringBuilder("| " + function.name() + " | " + trials);
        for (Search search : List.of(new Search.Random(), new Search.Sobol(), new Search.Tpe())) {
            line.append(" | ")
                    .append(Outcomes.of(search, function, trials, seeds).cell());
        }
        out.println(line.append(" | ").append(random).append(" | ").append(tpe).append(" |"));
    }

    /** How well a planner keeps slots at work. */
    public static void slots(PrintStream out) {
        out.println(
                "| trials' lengths, early termination | hours | idle | idle until the last trial begins | ms per answer | pieces of work | finished | paused |");
        out.println("|---|---|---|---|---|---|---|---|");
        DigitsTable table = DigitsTable.read();
        Simulation.Trainings recorded = table.asTrainings();
        Simulation.Trainings madeUp = new Simulation.MadeUp();
        EarlyTermination none = new EarlyTermination.None();
        row(out, "recorded, none", ManySlotsTest.sweep(table.space(), 10_000, none), recorded);
        row(out, "log-normal, none", ManySlotsTest.sweep(10_000, none), madeUp);
        row(out, "log-normal, asha", ManySlotsTest.sweep(10_000, new EarlyTermination.Asha(1, 3)), madeUp);
        row(out, "log-normal, hyperband", ManySlotsTest.sweep(10_000, new EarlyTermination.Hyperband(1, 3)), madeUp);
    }

    private static void row(PrintStream out, String name, SweepSpec sweep, Simulation.Trainings trainings) {
        try {
            Path folder = Files.createTempDirectory("starling-search");
            Simulation.Figures f = new Simulation(sweep, 256, trainings, folder).run();
            long bytes = Files.size(folder.resolve("journal.jsonl"));
            out.println(String.format(
                    Locale.ROOT,
                    "| %s (journal %.1f MB) | %.2f | %.1f%% | %.1f%% | %.2f | %,d | %,d | %,d |",
                    name,
                    bytes / 1e6,
                    f.hours(),
                    100 * f.idle(),
                    100 * f.idleWhileTrialsBegin(),
                    f.millisPerAnswer(),
                    f.assignments(),
                    f.finished(),
                    f.paused()));
            Files.delete(folder.resolve("journal.jsonl"));
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
