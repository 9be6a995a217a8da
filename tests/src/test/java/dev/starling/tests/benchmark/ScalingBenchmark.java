package dev.starling.tests.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What efficiency to expect of up to 1024 replicas, by {@link ScalingModel} from measured constants, and where a title says so from assumed ones; then a gang in this JVM against the model: {@code deploy/bench scaling [--repeats 10]}. The
 * constants are those of {@code tests/results}: a step by training.md (one replica on one core, nothing else on the machine), the wire and its peers by wire.md.
 */
public final class ScalingBenchmark {
    private static final int[] REPLICAS = {2, 4, 8, 16, 64, 256, 1024};
    private static final int[] STEPS = {1, 5, 10, 20, 100, 500};
    private static final double BATCH = 64;
    /** Rounds until the compiler is done with the exchange. */
    private static final int WARM_UP = 300;
    /** Rounds whose median gives a constant: of 8 it scattered by a factor of two on a busy machine. */
    private static final int CALIBRATION = 150;

    /** Bytes of vectors per second on a full wire of 1 Gbit/s, which carries 5% more in headers: counted, wire.md. That averaging fills it is assumed: no quiet machine has shown it. */
    private static final double FULL = 125e6 / 1.05;
    /** The same as measured with four warm replicas on two cores, most of which others took: wire.md. */
    private static final double BUSY = 20.6e6;
    /** Seconds per peer: processor time of a round of few floats with four replicas less that with two, halved; wire.md, the busy machine too. */
    private static final double PER_PEER = 650e-6;

    /** @param floats averaged, the optimiser's state among them */
    private record Work(String name, double step, double floats) {
        ScalingModel on(double bandwidth, double jitter) {
            return new ScalingModel(step, jitter * step, floats, bandwidth, PER_PEER);
        }
    }

    private static final Work MLP = new Work(
            "fashion-mlp: 269,322 parameters and both of Adam's moments, 0.96 ms a step", BATCH / 66_524, 3 * 269_322);
    private static final Work CNN = new Work(
            "fashion-cnn: 1,679,082 parameters and their momentum, 59 ms a step", BATCH / 1_082, 2 * 1_679_082);

    private ScalingBenchmark() {}

    public static void main(String[] arguments) {
        Benchmark.main(benchmark -> {
            Options options = Options.parse(arguments, "repeats");
            expectations();
            simulations(options.count("repeats", 10));
            return List.of();
        });
    }

    private static void expectations() {
        System.out.println("# Expected efficiency");
        for (Work work : List.of(MLP, CNN)) {
            expectation(work.name() + "; 1 Gbit/s, full (assumed)", work.on(FULL, 0));
            expectation(work.name() + "; 1 Gbit/s, as measured on a busy machine", work.on(BUSY, 0));
            expectation(work.name() + "; 10 Gbit/s, full (assumed)", work.on(10 * FULL, 0));
        }
        expectation(MLP.name() + "; 1 Gbit/s, full, and steps that scatter by 10% (assumed)", MLP.on(FULL, 0.1));
    }

    private static void expectation(String title, ScalingModel model) {
        System.out.printf(Locale.ROOT, "%n## %s%n%n", title);
        StringBuilder head = new StringBuilder("| replicas | averaging, ms |");
        Arrays.stream(STEPS).forEach(steps -> head.append(" H = ").append(steps).append(" |"));
        System.out.println(head);
        System.out.println("|---|---|" + "---|".repeat(STEPS.length));
        for (int replicas : REPLICAS) {
            StringBuilder row = new StringBuilder(
                    String.format(Locale.ROOT, "| %d | %.1f |", replicas, 1e3 * model.averaging(replicas)));
            for (int steps : STEPS) {
                row.append(String.format(Locale.ROOT, " %.3f |", model.efficiency(replicas, steps)));
            }
            System.out.println(row);
        }
    }

    private static void simulations(int repeats) {
        Machine machine = new Machine();
        Neighbours neighbours = new Neighbours();
        double step = 0.010;
        int floats = 200_000;
        System.out.printf("%n# Gangs in one JVM against the model%n%n");
        System.out.println("| replicas | floats | σ ÷ s | H | round, ms | in the model | efficiency | in the model |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        int few = 16;
        SleepingGang large = new SleepingGang(few, floats, step, 0);
        double cold = averaging(large, repeats);
        large.rounds(new int[] {0}, WARM_UP);
        double peers = averaging(new SleepingGang(few, 1, step, 0), CALIBRATION);
        double all = averaging(large, CALIBRATION);
        double perPeer = peers / (few - 1);
        // One memory carries the bytes of all replicas: each has its share of it.
        double memory = few * 2.0 * Float.BYTES * floats * (1 - 1.0 / few) / Math.max(1e-9, all - peers);
        for (int replicas : new int[] {few, 4 * few}) {
            simulate(replicas, new ScalingModel(step, 0, floats, memory / replicas, perPeer), repeats);
        }
        simulate(4 * few, new ScalingModel(step, 0.4 * step, floats, memory / (4 * few), perPeer), repeats);
        System.out.printf(
                Locale.ROOT,
                "%nSteps sleep 10 ms; constants from rounds of one step of %d replicas, in gangs of their own, after %d to warm up (an averaging took %.1f ms before, %.1f after): λ = %.0f µs, %.1f GB/s of all together. "
                        + "Medians of %d rounds, all H in turn. %s; others took %.0f%% of the machine.%n",
                few,
                WARM_UP,
                1e3 * cold,
                1e3 * all,
                1e6 * perPeer,
                memory / 1e9,
                repeats,
                machine.description(),
                100 * neighbours.share());
    }

    /** Seconds, a(N). */
    private static double averaging(SleepingGang gang, int repeats) {
        return gang.rounds(new int[] {1}, repeats).get(1) - gang.step();
    }

    private static void simulate(int replicas, ScalingModel model, int repeats) {
        int[] lengths = {1, 5, 20, 100};
        Map<Integer, Double> rounds =
                new SleepingGang(replicas, (int) model.floats(), model.step(), model.jitter()).rounds(lengths, repeats);
        IntStream.of(lengths)
                .forEach(steps -> System.out.printf(
                        Locale.ROOT,
                        "| %d | %,.0f | %.1f | %d | %.1f | %.1f | %.3f | %.3f |%n",
                        replicas,
                        model.floats(),
                        model.jitter() / model.step(),
                        steps,
                        1e3 * rounds.get(steps),
                        1e3 * model.round(replicas, steps),
                        steps * model.step() / rounds.get(steps),
                        model.efficiency(replicas, steps)));
    }
}
