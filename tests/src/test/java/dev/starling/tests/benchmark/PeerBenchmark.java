package dev.starling.tests.benchmark;

import dev.starling.worker.InvalidInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Starling's planned step beside the systems that users would take instead, by the project's script of peers, on one core and on two: {@code deploy/bench peers [--work mlp,cnn]
 * [--repeats 5] [--patience 60] [--systems NAME,…]}. All of it is measured on as many examples as that script takes, ragged last batch included.
 */
public final class PeerBenchmark {
    /** A system of the script: its framework there, and cores. */
    private record Peer(String name, String framework, int cores) {
        int processes() {
            return framework.equals("ddp") ? 2 : 1;
        }

        String key(Work work) {
            return work.label() + ".peer." + name;
        }
    }

    private static final List<Peer> PEERS = List.of(
            new Peer("keras-jax-1", "jax", 1),
            new Peer("keras-tensorflow-1", "tensorflow", 1),
            new Peer("torch-1", "torch", 1),
            new Peer("scikit-learn-1", "sklearn", 1),
            new Peer("keras-jax-2", "jax", 2),
            new Peer("keras-tensorflow-2", "tensorflow", 2),
            new Peer("torch-2", "torch", 2),
            new Peer("torch-ddp-2x1", "ddp", 2));

    private final Options options;
    private final Benchmark benchmark;
    private final Path python;
    private final Path script;
    private final Machine machine = new Machine();

    private PeerBenchmark(Options options, Benchmark benchmark) {
        this.options = options;
        this.benchmark = benchmark;
        this.python = Path.of(System.getenv().getOrDefault("STARLING_PEERS", ""), "bin", "python");
        this.script = benchmark.root().resolve("../shared/peers/rates.py").normalize();
        for (Path needed : List.of(python, script)) {
            if (!Files.isReadable(needed)) {
                throw new InvalidInput("Cannot measure peers: no " + needed
                        + " (expected STARLING_PEERS to name their environment, and rates.py in ../shared/peers)");
            }
        }
    }

    public static void main(String[] arguments) {
        Benchmark.main(benchmark ->
                new PeerBenchmark(Options.parse(arguments, "work", "repeats", "patience", "systems"), benchmark).run());
    }

    private List<Requirement> run() {
        int repeats = options.count("repeats", 5);
        Map<Work, List<Row>> rows = new LinkedHashMap<>();
        Map<Work, Rounds> rounds = new LinkedHashMap<>();
        for (Work work : Work.listOf(options.text("work", "mlp,cnn"))) {
            List<Contender> contenders = new ArrayList<>();
            try {
                rows.put(work, rows(work, contenders));
                rounds.put(work, Rounds.run(rows.get(work), repeats, options.patience(), System.err));
            } finally {
                contenders.forEach(Contender::close);
            }
        }
        Table table = new Table(System.out);
        table.header("Starling and its peers, training on Fashion-MNIST, batch 64", machine.description(), repeats);
        List<Requirement> requirements = new ArrayList<>();
        rounds.forEach((work, measured) -> {
            table.rates(work.experiment(), rows.get(work), measured);
            requirements.addAll(requirements(work, measured));
        });
        return requirements;
    }

    private static int examples(Work work) {
        return work == Work.MLP ? 30_016 : 3_200;
    }

    private List<Row> rows(Work work, List<Contender> contenders) {
        List<Row> rows = new ArrayList<>();
        for (int cores = 1; cores <= 2; cores++) {
            Contender starling = start(List.of(starling(work, cores)), Map.of(), contenders);
            String request = "planned " + cores + " 5 " + examples(work) + " 4";
            String label = "Starling, " + (cores == 1 ? "1 replica, 1 core" : "2 replicas, H = 5, 2 cores");
            rows.add(new Row(starlingKey(work, cores), label, starling, request, "epochs 2 to 4"));
        }
        List<String> asked = List.of(options.text("systems", "").split(",", -1));
        for (Peer peer : PEERS) {
            boolean fits = work == Work.MLP || !peer.framework().equals("sklearn");
            if (fits && (asked.contains("") || asked.contains(peer.name()))) {
                Contender contender = start(peer(peer, work), environment(peer), contenders);
                rows.add(new Row(
                        peer.key(work),
                        peer.name(),
                        contender,
                        "" + examples(work),
                        seconds -> new double[] {examples(work) / seconds[0]},
                        peer.cores() + (peer.cores() == 1 ? " core" : " cores")));
            }
        }
        return rows;
    }

    private static String starlingKey(Work work, int cores) {
        return work.label() + ".starling." + cores;
    }

    private List<String> starling(Work work, int cores) {
        List<String> command = new ArrayList<>(pinned(0, cores));
        command.addAll(JavaCommand.asStarling(
                StarlingContender.class,
                work.label(),
                "" + cores,
                benchmark.root().toString(),
                benchmark.dataFolder().toString()));
        return command;
    }

    private static List<String> pinned(int first, int cores) {
        return List.of("taskset", "-c", cores == 1 ? "" + first : first + "-" + (first + cores - 1));
    }

    /** One command per process, as the script starts itself. */
    private List<List<String>> peer(Peer peer, Work work) {
        int port = 20_000 + (int) (ProcessHandle.current().pid() % 20_000);
        return IntStream.range(0, peer.processes())
                .mapToObj(rank -> {
                    boolean ranked = peer.processes() > 1;
                    int threads = ranked ? 1 : peer.cores();
                    List<String> command = new ArrayList<>(pinned(rank, threads));
                    command.addAll(List.of(python.toString(), script.toString(), work.label(), "--serve"));
                    command.add("[\"" + peer.framework() + "\"," + threads + "," + (ranked ? rank : "null") + ",\""
                            + port + "\"]");
                    return command;
                })
                .toList();
    }

    private Map<String, String> environment(Peer peer) {
        String threads = "" + (peer.processes() > 1 ? 1 : peer.cores());
        return Map.of(
                "STARLING_DATA",
                benchmark.dataFolder().toString(),
                "TF_CPP_MIN_LOG_LEVEL",
                "3",
                "OMP_NUM_THREADS",
                threads,
                "MKL_NUM_THREADS",
                threads,
                "OPENBLAS_NUM_THREADS",
                threads,
                // Settings that may be there for this machine's JVMs, not for NumPy.
                "OPENBLAS_CORETYPE",
                "",
                "OPENBLAS_L2_SIZE",
                "");
    }

    private Contender start(List<List<String>> commands, Map<String, String> environment, List<Contender> contenders) {
        Contender contender = Contender.start(commands, environment, benchmark.log());
        contenders.add(contender);
        return contender;
    }

    private static List<Requirement> requirements(Work work, Rounds rounds) {
        List<Requirement> requirements = new ArrayList<>();
        for (int cores = 1; cores <= 2; cores++) {
            int number = cores;
            // On two cores the best peer may be one that uses one of them alone.
            double best = PEERS.stream()
                    .filter(peer -> peer.cores() <= number)
                    .map(peer -> rounds.of(peer.key(work)))
                    .flatMap(Optional::stream)
                    .mapToDouble(samples -> samples.median(0))
                    .max()
                    .orElse(Double.NaN);
            double bound = work == Work.CNN ? 1.3 : cores == 1 ? 1.4 : 2.5;
            requirements.add(Requirement.atLeast(
                    starlingKey(work, cores) + " / best peer", rounds.median(starlingKey(work, cores)) / best, bound));
        }
        return requirements;
    }
}
