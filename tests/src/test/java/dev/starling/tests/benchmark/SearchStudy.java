package dev.starling.tests.benchmark;

import dev.starling.tests.search.SearchTables;
import dev.starling.worker.InvalidInput;
import java.util.List;

/** What searches find, and how a planner keeps slots at work: {@code deploy/bench search [--part quality|slots|all] [--seeds 101]}. Nothing is trained. */
public final class SearchStudy {
    private SearchStudy() {}

    public static void main(String[] arguments) {
        Benchmark.main(benchmark -> {
            Options options = Options.parse(arguments, "part", "seeds");
            String part = options.text("part", "all");
            if (!List.of("all", "quality", "slots").contains(part)) {
                throw new InvalidInput("Cannot read --part: " + part + " (expected quality, slots or all)");
            }
            Machine machine = new Machine();
            System.out.println("# What searches find, and 10,000 trials on 256 slots");
            System.out.println();
            if (!part.equals("slots")) {
                quality(options.count("seeds", 101));
            }
            if (!part.equals("quality")) {
                slots();
            }
            System.out.println(machine.description() + ".");
            return List.of();
        });
    }

    private static void quality(int seeds) {
        System.out.println(
                "Best value found, median of " + seeds
                        + " seeds, quartiles in brackets; trials one after the other. Optuna's medians of 101 seeds were measured for this project.");
        System.out.println();
        SearchTables.quality(System.out, seeds);
        System.out.println();
    }

    private static void slots() {
        System.out.println(
                "A simulation with the real planner (TPE, 6 parameters, one of them conditional where lengths are not recorded) and the real journal on a local disk: whole trials have 27 epochs, of 1 s in the median; as long as"
                        + " those of digits-table.csv, or log-normal by a factor of 1.6. The processor time of planner and journal passes, too.");
        System.out.println();
        SearchTables.slots(System.out);
        System.out.println();
    }
}
