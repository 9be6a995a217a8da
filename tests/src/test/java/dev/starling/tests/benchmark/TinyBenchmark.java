package dev.starling.tests.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Microseconds per step where overhead is all, batch 32, Adam, one thread: {@code deploy/bench tiny [--repeats 5] [--patience 60]}. PyTorch if STARLING_PEERS names its environment. */
public final class TinyBenchmark {
    private static final String SCRIPT = "tests/src/test/java/dev/starling/tests/benchmark/tiny_peers.py";
    /** Network, and how many times faster than any other Starling has to be. */
    private static final Map<String, Double> REQUIRED = Map.of("4-16-2", 25.0, "64-64-32-10", 6.0);

    private static final List<String> SYSTEMS = List.of("starling", "stock", "torch");
    private static final List<String> LABELS =
            List.of("Starling, planned step", "DL4J, fit(DataSet)", "PyTorch, fused Adam");

    private final Benchmark benchmark;
    private final int repeats;
    private final Duration patience;
    private final Machine machine = new Machine();

    private TinyBenchmark(Benchmark benchmark, int repeats, Duration patience) {
        this.benchmark = benchmark;
        this.repeats = repeats;
        this.patience = patience;
    }

    public static void main(String[] arguments) {
        Benchmark.main(benchmark -> {
            Options options = Options.parse(arguments, "repeats", "patience");
            return new TinyBenchmark(benchmark, options.count("repeats", 5), options.patience()).run();
        });
    }

    private List<Requirement> run() {
        List<String> networks = REQUIRED.keySet().stream().sorted().toList();
        Rounds rounds = measure(networks);
        System.out.println("# Microseconds per step of tiny networks, batch 32, Adam, one thread");
        System.out.println();
        System.out.println("Medians of " + repeats + " rounds after one to warm up, least and most in brackets. "
                + "Gathering the batch is included, but for DL4J. " + machine.description() + ".");
        System.out.println();
        System.out.println("| | " + String.join(" | ", networks) + " |");
        System.out.println("|---" + "|---".repeat(networks.size()) + "|");
        for (int i = 0; i < SYSTEMS.size(); i++) {
            StringBuilder line = new StringBuilder("| " + LABELS.get(i));
            for (String network : networks) {
                line.append(" | ").append(cell(rounds.of(key(network, SYSTEMS.get(i)))));
            }
            System.out.println(line.append(" |"));
        }
        return requirements(networks, rounds);
    }

    private Rounds measure(List<String> networks) {
        try (Contender starling = start(JavaCommand.asStarling(TinyContender.class));
                Contender stock = start(JavaCommand.asStock(List.of(), TinyStockContender.class));
                Contender torch = start(torch())) {
            List<Contender> contenders = List.of(starling, stock, torch);
            List<Row> rows = new ArrayList<>();
            for (String network : networks) {
                for (int i = 0; i < SYSTEMS.size(); i++) {
                    rows.add(new Row(key(network, SYSTEMS.get(i)), LABELS.get(i), contenders.get(i), network, ""));
                }
            }
            return Rounds.run(rows, repeats, patience, System.err);
        }
    }

    private Contender start(List<String> command) {
        return Contender.start(List.of(command), Map.of(), benchmark.log());
    }

    /** Where there is no environment of the peers, a command that answers nothing. */
    private List<String> torch() {
        Path python = Path.of(System.getenv().getOrDefault("STARLING_PEERS", ""), "bin", "python");
        return Files.isExecutable(python)
                ? List.of(python.toString(), benchmark.root().resolve(SCRIPT).toString())
                : List.of("false");
    }

    private static String key(String network, String system) {
        return "tiny." + network + "." + system;
    }

    private static String cell(Optional<Samples> samples) {
        return samples.map(s -> String.format(Locale.ROOT, "%.2f (%.2f–%.2f)", s.median(0), s.least(0), s.most(0)))
                .orElse("does not run here");
    }

    private static List<Requirement> requirements(List<String> networks, Rounds rounds) {
        List<Requirement> requirements = new ArrayList<>();
        for (String network : networks) {
            for (String other : SYSTEMS.subList(1, SYSTEMS.size())) {
                double times = rounds.median(key(network, other)) / rounds.median(key(network, SYSTEMS.get(0)));
                if (!Double.isNaN(times)) {
                    requirements.add(Requirement.atLeast(
                            "tiny." + network + " times faster than " + other, times, REQUIRED.get(network)));
                }
            }
        }
        return requirements;
    }
}
