package dev.starling.tests.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starling's planned step beside the systems that users would take instead, by the project's script of peers, on one core and on two: {@code deploy/bench peers [--work mlp,cnn]
 * [--repeats 5] [--patience 60] [--systems NAME,…]}. All of it is measured on as many examples as that script takes, ragged last batch included.
 */
public final class PeerBenchmark {
    private static final List<Peer> PEERS = List.of(
            new Peer("keras-jax-1", "jax", 1),
            new Peer("keras-tensorflow-1", "tensorflow", 1),
            new Peer("torch-1", "torch", 1),
            new Peer("scikit-learn-1", "sklearn", 1),
            new Peer("keras-jax-2", "jax", 2),
            new Peer("keras-tensorflow-2", "tensorflow", 2),
            new Peer("torch-2", "torch", 2),
            Peer.DDP);

    private final Options options;
    private final Benchmark benchmark;
    private final Machine machine = new Machine();

    private PeerBenchmark(Options options, Benchmark benchmark) {
        this.options = options;
        this.benchmark = benchmark;
        Peer.requireAll(benchmark);
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

    private List<Row> rows(Work work, List<Contender> contenders) {
        List<Row> rows = new ArrayList<>();
        for (int cores = 1; cores <= 2; cores++) {
            Contender starling = start(starling(work, cores), contenders);
            String request = "planned " + cores + " 5 " + Peer.examples(work) + " 4";
            String label = "Starling, " + (cores == 1 ? "1 replica, 1 core" : "2 replicas, H = 5, 2 cores");
            rows.add(new Row(starlingKey(work, cores), label, starling, request, "epochs 2 to 4"));
        }
        List<String> asked = List.of(options.text("systems", "").split(",", -1));
        for (Peer peer : PEERS) {
            boolean fits = work == Work.MLP || !peer.framework().equals("sklearn");
            if (fits && (asked.contains("") || asked.contains(peer.name()))) {
                Contender contender = peer.start(benchmark, work);
                contenders.add(contender);
                rows.add(peer.row(contender, work));
            }
        }
        return rows;
    }

    private static String starlingKey(Work work, int cores) {
        return work.label() + ".starling." + cores;
    }

    private List<String> starling(Work work, int cores) {
        List<String> command = new ArrayList<>(Peer.pinned(0, cores));
        command.addAll(JavaCommand.asStarling(
                StarlingContender.class,
                work.label(),
                "local[" + cores + "]",
                benchmark.root().toString(),
                benchmark.dataFolder().toString()));
        return command;
    }

    private Contender start(List<String> command, List<Contender> contenders) {
        Contender contender = Contender.start(List.of(command), Map.of(), benchmark.log());
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
