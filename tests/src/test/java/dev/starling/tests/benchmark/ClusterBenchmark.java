package dev.starling.tests.benchmark;

import dev.starling.tests.LocalCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Starling on a standalone cluster of 2 workers of 1 core, by processes of {@code deploy/local-cluster}, beside itself in one JVM, PyTorch DDP over gloo and DL4J's parameter averaging master on the
 * same kind of cluster: {@code deploy/bench cluster [--work mlp,cnn] [--repeats 3] [--patience 5] [--shrink 1]}; shrink is
 * how many times fewer examples, to try it out. A worker of one core runs one application, so the two programs have a
 * cluster each, and one is idle while the other measures. PyTorch runs if STARLING_PEERS names its environment.
 */
public final class ClusterBenchmark {
    private final Options options;
    private final Benchmark benchmark;
    private final Machine machine = new Machine();

    private ClusterBenchmark(Options options, Benchmark benchmark) {
        this.options = options;
        this.benchmark = benchmark;
    }

    public static void main(String[] arguments) {
        Benchmark.main(benchmark -> new ClusterBenchmark(
                        Options.parse(arguments, "work", "repeats", "patience", "shrink"), benchmark)
                .run());
    }

    private List<Requirement> run() {
        List<Work> works = Work.listOf(options.text("work", "mlp,cnn"));
        int repeats = options.count("repeats", 3);
        int shrink = options.count("shrink", 1);
        Map<Work, List<Row>> rows = new LinkedHashMap<>();
        Map<Work, Rounds> rounds = new LinkedHashMap<>();
        try (LocalCluster ours = cluster("bench-cluster");
                LocalCluster theirs = cluster("bench-cluster-dl4j")) {
            ours.up("--workers", "2", "--cores", "1", "--memory", "2g");
            theirs.up("--workers", "2", "--cores", "1", "--memory", "2g");
            Neighbours neighbours = new Neighbours(() -> Stream.of(ours, theirs)
                    .flatMap(cluster -> cluster.processes().stream())
                    .toList());
            for (Work work : works) {
                try (ClusterRows all = ClusterRows.start(work, benchmark, ours.master(), theirs, shrink)) {
                    rows.put(work, all.rows());
                    rounds.put(work, Rounds.run(all.rows(), repeats, options.patience(5), System.err, neighbours));
                }
            }
        }
        return print(repeats, rows, rounds);
    }

    /** What a killed run left there is stopped first. */
    private LocalCluster cluster(String name) {
        Path folder = benchmark.root().toAbsolutePath().resolve("target").resolve(name);
        LocalCluster cluster = new LocalCluster(folder.normalize());
        cluster.close();
        return cluster;
    }

    private List<Requirement> print(int repeats, Map<Work, List<Row>> rows, Map<Work, Rounds> rounds) {
        Table table = new Table(System.out);
        table.header(
                "Standalone cluster, 2 workers of 1 core, training on Fashion-MNIST, batch 64",
                machine.description(),
                repeats);
        List<Requirement> requirements = new ArrayList<>();
        rounds.forEach((work, measured) -> {
            table.rates(
                    work.experiment(),
                    rows.get(work).stream()
                            .filter(row -> !row.key().equals(ClusterRows.socketsKey(work)))
                            .toList(),
                    measured);
            ClusterTable exchange = new ClusterTable(work, measured, Experiments.of(benchmark.root(), work));
            exchange.print(System.out);
            requirements.addAll(exchange.requirements());
        });
        return requirements;
    }
}
