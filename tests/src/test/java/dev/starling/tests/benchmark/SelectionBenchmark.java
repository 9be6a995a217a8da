package dev.starling.tests.benchmark;

import dev.starling.worker.InvalidInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Model selection on two slots beside its neighbours: {@code deploy/bench selection [--part folds|trials|all] [--only starling,optuna] [--repeats 5] [--patience 60]}, {@code --only} some systems: starling, scikit-learn, stock, mllib, optuna, ask, ray, keras. Folds are ten stratified ones of banknotes (4-16-2, Adam, batch 32, 50
 * epochs); trials are 24 random ones on digits (64-h1-h2-10, Adam, batch 32, 10 epochs), and 64 for two slots against one. Python's systems if STARLING_PEERS names an environment that has them (scikit-learn, pyspark 3.5,
 * torch, optuna, keras, ray). Sessions and processes are started, and data read, before.
 */
public final class SelectionBenchmark {
    private static final String SCRIPTS = "tests/src/test/java/dev/starling/tests/benchmark";
    private static final String TRIALS = "24";
    private static final String MANY = "64";

    private final Benchmark benchmark;
    private final Path python;
    private final int repeats;
    private final Duration patience;
    private final List<String> only;
    private final List<Contender> contenders = new ArrayList<>();
    private final Machine machine = new Machine();

    private SelectionBenchmark(Benchmark benchmark, Options options) {
        this.benchmark = benchmark;
        this.repeats = options.count("repeats", 5);
        this.patience = options.patience();
        this.only = List.of(options.text("only", "").split(",", -1));
        this.python = Path.of(System.getenv().getOrDefault("STARLING_PEERS", ""), "bin", "python");
    }

    public static void main(String[] arguments) {
        Benchmark.main(benchmark -> {
            Options options = Options.parse(arguments, "part", "only", "repeats", "patience");
            String part = options.text("part", "all");
            if (!List.of("all", "folds", "trials").contains(part)) {
                throw new InvalidInput("Cannot read --part: " + part + " (expected folds, trials or all)");
            }
            return new SelectionBenchmark(benchmark, options).run(part);
        });
    }

    private List<Requirement> run(String part) {
        List<Requirement> requirements = new ArrayList<>();
        SelectionTable table = new SelectionTable(System.out);
        if (!part.equals("trials")) {
            List<Row> rows = folds();
            Rounds rounds = rounds(rows);
            table.print("Ten folds of banknotes, 4-16-2, Adam, batch 32, 50 epochs", "fold", rows, rounds);
            requirements.addAll(ofFolds(rounds));
        }
        if (!part.equals("folds")) {
            List<Row> rows = trials();
            Rounds rounds = rounds(rows);
            table.print("24 random trials on digits, 64-h1-h2-10, Adam, batch 32, 10 epochs", "trial", rows, rounds);
            requirements.addAll(ofTrials(rounds));
        }
        System.out.println("Medians of " + repeats + " rounds after one to warm up, least and most in brackets. "
                + machine.description() + ".");
        return requirements;
    }

    /** Their processes end before those of the next part begin. */
    private Rounds rounds(List<Row> rows) {
        try {
            return Rounds.run(rows, repeats, patience, System.err);
        } finally {
            contenders.forEach(Contender::close);
            contenders.clear();
        }
    }

    private List<Row> folds() {
        String data =
                benchmark.root().resolve("conf/data/banknote/banknote.csv").toString();
        Contender starling = start("starling", JavaCommand.asStarling(FoldsContender.class), Map.of());
        return List.of(
                new Row("folds.starling.2", "Starling, 2 slots", starling, "2", ""),
                new Row("folds.starling.1", "Starling, 1 slot", starling, "1", ""),
                new Row(
                        "folds.scikit-learn",
                        "scikit-learn, cross_val_score, 2 jobs",
                        start("scikit-learn", python("selection_peers.py", data), Map.of()),
                        "fit",
                        ""),
                new Row(
                        "folds.stock",
                        "DL4J, one fold after the other",
                        start("stock", JavaCommand.asStock(List.of(), FoldsStockContender.class), Map.of()),
                        "fit",
                        ""),
                new Row(
                        "folds.mllib",
                        "MLlib, CrossValidator, parallelism 2 (L-BFGS, 50 iterations)",
                        start("mllib", python("selection_mllib.py", data), Map.of()),
                        "fit",
                        ""));
    }

    private List<Row> trials() {
        Contender starling = start("starling", JavaCommand.asStarling(TrialsContender.class), Map.of());
        return List.of(
                new Row("trials.starling.2", "Starling, 2 slots", starling, "2 " + TRIALS, ""),
                new Row("trials.starling.1", "Starling, 1 slot", starling, "1 " + TRIALS, ""),
                peer("optuna", "Optuna, PyTorch, 2 processes over a journal file", "jax"),
                peer("ask", "Optuna, PyTorch, ask-and-tell to 2 processes", "jax"),
                peer("ray", "Ray Tune, PyTorch, 2 at a time", "jax"),
                new Row(
                        "trials.stock",
                        "DL4J, one trial after the other",
                        start("stock", JavaCommand.asStock(List.of(), TrialsStockContender.class), Map.of()),
                        TRIALS,
                        ""),
                peer("keras", "Optuna, Keras (TensorFlow), 2 processes", "tensorflow"),
                new Row("many.starling.2", "Starling, 64 trials, 2 slots", starling, "2 " + MANY, ""),
                new Row("many.starling.1", "Starling, 64 trials, 1 slot", starling, "1 " + MANY, ""));
    }

    private Row peer(String system, String label, String backend) {
        String data = benchmark.root().resolve("conf/data/digits/digits.csv.gz").toString();
        Contender contender =
                start(system, python("selection_trials.py", data, system), Map.of("KERAS_BACKEND", backend));
        return new Row("trials." + system, label, contender, TRIALS, "");
    }

    /** A system that was not asked for is a command that answers nothing. */
    private Contender start(String system, List<String> command, Map<String, String> environment) {
        List<String> wanted = only.contains(system) || only.contains("") ? command : List.of("false");
        Contender contender = Contender.start(List.of(wanted), environment, benchmark.log());
        contenders.add(contender);
        return contender;
    }

    /** Where there is no environment of the peers, a command that answers nothing. */
    private List<String> python(String script, String... arguments) {
        if (!Files.isExecutable(python)) {
            return List.of("false");
        }
        List<String> command = new ArrayList<>(List.of(
                python.toString(),
                benchmark.root().resolve(SCRIPTS).resolve(script).toString()));
        command.addAll(List.of(arguments));
        return List.copyOf(command);
    }

    private static List<Requirement> ofFolds(Rounds rounds) {
        List<Requirement> requirements = new ArrayList<>();
        double two = rounds.median("folds.starling.2");
        atLeast(requirements, "folds: MLlib ÷ Starling", rounds.median("folds.mllib") / two, 15);
        atLeast(requirements, "folds: scikit-learn ÷ Starling", rounds.median("folds.scikit-learn") / two, 2);
        efficiency(requirements, rounds, "folds", "fold");
        return requirements;
    }

    private static List<Requirement> ofTrials(Rounds rounds) {
        List<Requirement> requirements = new ArrayList<>();
        double two = rounds.median("trials.starling.2");
        double best = Math.min(rounds.median("trials.optuna"), rounds.median("trials.ask"));
        atLeast(requirements, "trials: the faster Optuna with PyTorch ÷ Starling", best / two, 3);
        efficiency(requirements, rounds, "many", "trial");
        return requirements;
    }

    private static void efficiency(List<Requirement> requirements, Rounds rounds, String part, String unit) {
        String one = part + ".starling.1";
        double share = rounds.median(part + ".starling.2") / rounds.median(one);
        requirements.add(Requirement.atMost(part + ": 2 slots ÷ 1 slot", share, 0.58));
        rounds.of(one)
                .ifPresent(samples -> requirements.add(
                        Requirement.atMost("ms per " + unit + " beyond its epochs", samples.median(1), 20)));
    }

    private static void atLeast(List<Requirement> requirements, String name, double value, double bound) {
        if (!Double.isNaN(value)) {
            requirements.add(Requirement.atLeast(name, value, bound));
        }
    }
}
