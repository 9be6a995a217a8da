package dev.starling.tests.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Ten stratified folds of banknotes (4-16-2, Adam, batch 32, 50 epochs) on two slots, beside their neighbours: {@code deploy/bench selection [--repeats 5] [--patience 60]}. scikit-learn and MLlib if STARLING_PEERS
 * names an environment that has them (scikit-learn, pyspark 3.5). Sessions are started, and data read, before.
 */
public final class SelectionBenchmark {
    private static final String SCRIPTS = "tests/src/test/java/dev/starling/tests/benchmark";
    private static final String TWO = "folds.starling.2";
    private static final String ONE = "folds.starling.1";
    private static final String STOCK = "folds.stock";
    private static final String MLLIB = "folds.mllib";
    private static final String SCIKIT = "folds.scikit-learn";

    private final Benchmark benchmark;
    private final int repeats;
    private final Duration patience;
    private final Machine machine = new Machine();

    private SelectionBenchmark(Benchmark benchmark, int repeats, Duration patience) {
        this.benchmark = benchmark;
        this.repeats = repeats;
        this.patience = patience;
    }

    public static void main(String[] arguments) {
        Benchmark.main(benchmark -> {
            Options options = Options.parse(arguments, "repeats", "patience");
            return new SelectionBenchmark(benchmark, options.count("repeats", 5), options.patience()).run();
        });
    }

    private List<Requirement> run() {
        try (Contender starling = start(JavaCommand.asStarling(FoldsContender.class));
                Contender stock = start(JavaCommand.asStock(List.of(), FoldsStockContender.class));
                Contender mllib = start(python("selection_mllib.py"));
                Contender scikit = start(python("selection_peers.py"))) {
            List<Row> rows = List.of(
                    new Row(TWO, "Starling, 2 slots", starling, "2", ""),
                    new Row(ONE, "Starling, 1 slot", starling, "1", ""),
                    new Row(SCIKIT, "scikit-learn, cross_val_score, 2 jobs", scikit, "fit", ""),
                    new Row(STOCK, "DL4J, one fold after the other", stock, "fit", ""),
                    new Row(MLLIB, "MLlib, CrossValidator, parallelism 2 (L-BFGS, 50 iterations)", mllib, "fit", ""));
            Rounds rounds = Rounds.run(rows, repeats, patience, System.err);
            table(rows, rounds);
            return requirements(rounds);
        }
    }

    private Contender start(List<String> command) {
        return Contender.start(List.of(command), Map.of(), benchmark.log());
    }

    /** Where there is no environment of the peers, a command that answers nothing. */
    private List<String> python(String script) {
        Path python = Path.of(System.getenv().getOrDefault("STARLING_PEERS", ""), "bin", "python");
        Path data = benchmark.root().resolve("conf/data/banknote/banknote.csv");
        return Files.isExecutable(python)
                ? List.of(
                        python.toString(),
                        benchmark.root().resolve(SCRIPTS).resolve(script).toString(),
                        data.toString())
                : List.of("false");
    }

    private void table(List<Row> rows, Rounds rounds) {
        System.out.println("# Ten folds of banknotes, 4-16-2, Adam, batch 32, 50 epochs");
        System.out.println();
        System.out.println("Medians of " + repeats + " rounds after one to warm up, least and most in brackets. "
                + machine.description() + ".");
        System.out.println();
        System.out.println("| | seconds | times Starling's on 2 slots | ms per fold beyond its epochs |");
        System.out.println("|---|---|---|---|");
        for (Row row : rows) {
            Optional<Samples> samples = rounds.of(row.key());
            System.out.println("| " + row.label() + " | "
                    + samples.map(s -> String.format(
                                    Locale.ROOT,
                                    "%.3f (%.3f–%.3f) | %.2f | %s",
                                    s.median(0),
                                    s.least(0),
                                    s.most(0),
                                    s.median(0) / rounds.median(TWO),
                                    s.numbers() > 1 ? String.format(Locale.ROOT, "%.1f", s.median(1)) : ""))
                            .orElse("does not run here | |")
                    + " |");
        }
    }

    private static List<Requirement> requirements(Rounds rounds) {
        List<Requirement> requirements = new ArrayList<>();
        double two = rounds.median(TWO);
        add(requirements, "folds: MLlib ÷ Starling", rounds.median(MLLIB) / two, 15);
        add(requirements, "folds: scikit-learn ÷ Starling", rounds.median(SCIKIT) / two, 2);
        requirements.add(Requirement.atMost("folds: 2 slots ÷ 1 slot", two / rounds.median(ONE), 0.58));
        rounds.of(ONE)
                .ifPresent(samples ->
                        requirements.add(Requirement.atMost("ms per fold beyond its epochs", samples.median(1), 20)));
        return requirements;
    }

    private static void add(List<Requirement> requirements, String name, double value, double bound) {
        if (!Double.isNaN(value)) {
            requirements.add(Requirement.atLeast(name, value, bound));
        }
    }
}
