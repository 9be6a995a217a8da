package dev.starling.tests.benchmark;

import dev.starling.tests.search.SearchTables;
import java.util.List;

/** What searches find, and how a planner keeps slots at work: {@code deploy/bench search [--seeds 101]}. Nothing is trained. */
public final class SearchStudy {
    private SearchStudy() {}

    public static void main(String[] arguments) {
        Benchmark.main(benchmark -> {
            int seeds = Options.parse(arguments, "seeds").count("seeds", 101);
            Machine machine = new Machine();
            System.out.println("# What searches find, and 10,000 trials on 256 slots");
            System.out.println();
            System.out.println(
                    "Best value found, median of " + seeds
                            + " seeds, quartiles in brackets; trials one after the other. Optuna's medians of 101 seeds were measured for this project.");
            System.out.println();
            SearchTables.quality(System.out, seeds);
            System.out.println();
            System.out.println(
                    "A simulation with the real planner (TPE, 6 parameters, one of them conditional) and the real journal on a local disk: whole trials have 27 epochs of 1 s, log-normal by a factor of 1.6."
                            + " The processor time of planner and journal passes, too.");
            System.out.println();
            SearchTables.slots(System.out);
            System.out.println();
            System.out.println(machine.description() + ".");
            return List.of();
        });
    }
}
