package dev.starling.tests.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Averaging of 1.68 M parameters between two processes on loopback: Starling's exchange, plain and with AES, beside gloo's all-reduce and raw sockets that carry the same bytes, block by block in
 * turn: {@code deploy/bench exchange [--rounds 100] [--block 10] [--patience 60]}. gloo runs if STARLING_PEERS names an environment with PyTorch.
 */
public final class ExchangeBenchmark {
    private static final String SCRIPT = "tests/src/test/java/dev/starling/tests/benchmark/exchange_gloo.py";
    private static final int WARM_UP = 500;

    private final Benchmark benchmark;
    private final Path folder = Scratch.folder();
    private final Machine machine = new Machine();
    private final Map<String, Contender> contenders = new LinkedHashMap<>();
    private final Map<String, List<Double>> times = new LinkedHashMap<>();
    private final Map<String, List<Double>> bytes = new LinkedHashMap<>();
    private final Map<String, List<Double>> busy = new LinkedHashMap<>();

    private ExchangeBenchmark(Benchmark benchmark) {
        this.benchmark = benchmark;
    }

    public static void main(String[] arguments) {
        Benchmark.main(benchmark -> {
            Options options = Options.parse(arguments, "rounds", "block", "patience");
            return new ExchangeBenchmark(benchmark).run(options);
        });
    }

    private List<Requirement> run(Options options) {
        int rounds = options.count("rounds", 100);
        int block = options.count("block", 10);
        try {
            start("raw sockets", List.of(socket(0), socket(1)));
            start("gloo", List.of(gloo(0), gloo(1)));
            start("plain", List.of(exchange(0, "plain"), exchange(1, "plain")));
            start("AES", List.of(exchange(0, "aes"), exchange(1, "aes")));
            contenders.values().forEach(contender -> contender.ask("" + WARM_UP));
            Neighbours neighbours = new Neighbours();
            neighbours.awaitQuiet(System.nanoTime() + options.patience().toNanos());
            neighbours.watch();
            for (int done = 0; done < rounds; done += block) {
                contenders.forEach((name, contender) -> measure(name, contender, block));
            }
            return table(neighbours.share());
        } finally {
            contenders.values().forEach(Contender::close);
            Scratch.delete(folder);
        }
    }

    private void start(String name, List<List<String>> commands) {
        contenders.put(name, Contender.start(commands, Map.of(), benchmark.log()));
        times.put(name, new ArrayList<>());
        bytes.put(name, new ArrayList<>());
        busy.put(name, new ArrayList<>());
    }

    private List<String> exchange(int rank, String mode) {
        return JavaCommand.asStarling(ExchangeContender.class, "" + rank, mode, folder.toString());
    }

    private List<String> socket(int rank) {
        return JavaCommand.asStarling(SocketContender.class, "" + rank, folder.toString());
    }

    private List<String> gloo(int rank) {
        Path python = Path.of(System.getenv().getOrDefault("STARLING_PEERS", ""), "bin", "python");
        return Files.isExecutable(python)
                ? List.of(
                        python.toString(),
                        benchmark.root().resolve(SCRIPT).toString(),
                        "" + rank,
                        folder.resolve("gloo").toString())
                : List.of("false");
    }

    private void measure(String name, Contender contender, int block) {
        Optional<double[]> answer = contender.ask("" + block);
        answer.ifPresent(numbers -> {
            Arrays.stream(numbers, 0, block).forEach(times.get(name)::add);
            bytes.get(name).add(numbers[block]);
            busy.get(name).add(numbers[block + 1]);
        });
    }

    private double quantile(String name, double share) {
        double[] sorted = times.get(name).stream().mapToDouble(t -> t).sorted().toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return share == 0.5 ? Samples.median(sorted) : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
    }

    private List<Requirement> table(double others) {
        System.out.println("# Averaging of 1,681,898 parameters between two processes, milliseconds");
        System.out.println();
        System.out.println(
                "Rounds of all rows in blocks in turn, the slower of the two processes counts; each sends 6.7 MB a round. "
                        + machine.description() + "; others took " + Math.round(100 * others) + "% of the machine.");
        System.out.println();
        System.out.println(
                "| | median | p90 | median ÷ raw sockets | ÷ gloo | processor time of one | KB allocated a round | rounds |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        for (String name : contenders.keySet()) {
            System.out.println(
                    times.get(name).isEmpty() ? "| " + name + " | does not run here | | | | | | |" : row(name));
        }
        return List.of(
                Requirement.atMost("exchange.plain ms", quantile("plain", 0.5), 10),
                Requirement.atMost("exchange.aes ms", quantile("AES", 0.5), 16),
                Requirement.atMost("exchange.plain ÷ gloo", quantile("plain", 0.5) / quantile("gloo", 0.5), 1),
                Requirement.atMost("exchange.plain KB a round", mean(bytes.get("plain")) / 1024, 100));
    }

    private static double mean(List<Double> numbers) {
        return numbers.stream().mapToDouble(n -> n).average().orElse(Double.NaN);
    }

    private String row(String name) {
        double median = quantile(name, 0.5);
        return String.format(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f | %.2f | %.2f | %.0f | %d |",
                name,
                median,
                quantile(name, 0.9),
                median / quantile("raw sockets", 0.5),
                median / quantile("gloo", 0.5),
                mean(busy.get(name)),
                mean(bytes.get(name)) / 1024,
                times.get(name).size());
    }
}
