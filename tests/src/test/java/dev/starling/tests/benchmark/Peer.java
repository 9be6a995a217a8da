package dev.starling.tests.benchmark;

import dev.starling.worker.InvalidInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A system of the project's script of peers, in the Python environment that STARLING_PEERS names.
 *
 * @param name the script's
 * @param framework what the script calls what it runs
 */
record Peer(String name, String framework, int cores) {
    /** PyTorch, two processes of one thread each that average gradients over gloo. */
    static final Peer DDP = new Peer("torch-ddp-2x1", "ddp", 2);

    private int processes() {
        return framework.equals("ddp") ? 2 : 1;
    }

    String key(Work work) {
        return work.label() + ".peer." + name;
    }

    /** As many examples as the script takes. */
    static int examples(Work work) {
        return work == Work.MLP ? 30_016 : 3_200;
    }

    /** @throws InvalidInput if the environment or the script is not there */
    static void requireAll(Benchmark benchmark) {
        for (Path needed : List.of(python(), script(benchmark))) {
            if (!Files.isReadable(needed)) {
                throw new InvalidInput("Cannot measure peers: no " + needed
                        + " (expected STARLING_PEERS to name their environment, and rates.py in ../shared/peers)");
            }
        }
    }

    private static Path python() {
        return Path.of(System.getenv().getOrDefault("STARLING_PEERS", ""), "bin", "python");
    }

    private static Path script(Benchmark benchmark) {
        return benchmark.root().resolve("../shared/peers/rates.py").normalize();
    }

    Contender start(Benchmark benchmark, Work work) {
        return Contender.start(commands(benchmark, work), environment(benchmark), benchmark.log());
    }

    Row row(Contender contender, Work work) {
        return new Row(
                key(work),
                name,
                contender,
                "" + examples(work),
                seconds -> new double[] {examples(work) / seconds[0]},
                cores + (cores == 1 ? " core" : " cores"));
    }

    /** One command per process, as the script starts itself. */
    private List<List<String>> commands(Benchmark benchmark, Work work) {
        int port = 20_000 + (int) (ProcessHandle.current().pid() % 20_000);
        return IntStream.range(0, processes())
                .mapToObj(rank -> {
                    boolean ranked = processes() > 1;
                    int threads = ranked ? 1 : cores;
                    List<String> command = new ArrayList<>(pinned(rank, threads));
                    command.addAll(
                            List.of(python().toString(), script(benchmark).toString(), work.label(), "--serve"));
                    command.add("[\"" + framework + "\"," + threads + "," + (ranked ? rank : "null") + ",\"" + port
                            + "\"]");
                    return command;
                })
                .toList();
    }

    /** The beginning of a command that keeps it on some cores. */
    static List<String> pinned(int first, int cores) {
        return List.of("taskset", "-c", cores == 1 ? "" + first : first + "-" + (first + cores - 1));
    }

    private Map<String, String> environment(Benchmark benchmark) {
        String threads = "" + (processes() > 1 ? 1 : cores);
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
}
