package dev.starling.tests.benchmark;

import dev.starling.worker.InvalidInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Averaging between processes in network namespaces, each with a wire of so many Mbit/s both ways: bytes beside theory, time beside the time that the bytes take on the wire. {@code deploy/bench wire
 * [--rounds 30] [--only parameters] [--rate 1000] [--warmup 300]} makes the namespaces and removes them again.
 */
public final class WireBenchmark {
    private static final double BYTES_PER_MEGABIT = 125_000;
    private static final int FEW = 64;
    private static final int BLOCK = 10;

    /** What is averaged between how many replicas. */
    private record Case(String what, int replicas, int vectors, int length) {
        /** Bytes that each replica sends in a round: its part of all slices but its own, and the mean of its own to all. */
        double theory() {
            return 2.0 * vectors * length * (1 - 1.0 / replicas) * Float.BYTES;
        }

        String key() {
            return "wire." + what.replace(' ', '-') + ".n" + replicas;
        }
    }

    /**
     * Milliseconds of the rounds, ascending, and bytes per round: the largest of all replicas each.
     *
     * @param raw median milliseconds in which two raw sockets swapped the bytes of {@code parameters} between two replicas meanwhile
     */
    private record Found(
            Case of,
            double[] times,
            double raw,
            double counted,
            double atInterface,
            double throughLimiter,
            double busy) {
        double ofTheory() {
            return counted / of.theory();
        }

        double ofWire(double wire) {
            return Samples.median(times) / 1e3 / (of.theory() / wire);
        }
    }

    private static final Case RAW = new Case("raw", 2, 1, ExchangeContender.PARAMETERS);

    private final Benchmark benchmark;
    private final String namespaces;
    private final int rounds;
    private final int warmUp;
    private final String only;
    /** Bytes per second each way. */
    private final double wire;

    private WireBenchmark(Benchmark benchmark, Options options) {
        this.benchmark = benchmark;
        this.namespaces = options.text("namespaces", "");
        this.rounds = options.count("rounds", 30);
        this.warmUp = options.count("warmup", 300);
        this.only = options.text("only", "");
        this.wire = options.count("rate", 1000) * BYTES_PER_MEGABIT;
        List<String> known = cases(2).stream().map(Case::what).toList();
        if (!only.isEmpty() && !known.contains(only)) {
            throw new InvalidInput("Cannot read --only: " + only + " (expected one of " + known + ")");
        }
        if (namespaces.isEmpty()) {
            throw new InvalidInput("Cannot measure on wires: no network namespaces (expected a start by deploy/bench)");
        }
    }

    public static void main(String[] arguments) {
        Benchmark.main(benchmark -> new WireBenchmark(
                        benchmark, Options.parse(arguments, "namespaces", "rounds", "only", "rate", "warmup"))
                .run());
    }

    private static List<Case> cases(int replicas) {
        return List.of(
                new Case("parameters", replicas, 1, ExchangeContender.PARAMETERS),
                new Case("with Adam", replicas, 3, ExchangeContender.PARAMETERS),
                new Case("few", replicas, 1, FEW));
    }

    private List<Requirement> run() {
        Machine machine = new Machine();
        Neighbours neighbours = new Neighbours();
        List<Found> all = new ArrayList<>();
        for (int replicas : new int[] {2, 4}) {
            for (Case what : cases(replicas)) {
                if (only.isEmpty() || only.equals(what.what())) {
                    all.add(measure(what));
                }
            }
        }
        print(all, machine, neighbours.share());
        List<Requirement> requirements = new ArrayList<>();
        all.stream().filter(found -> found.of().length() > FEW).forEach(found -> {
            String key = found.of().key();
            requirements.add(Requirement.atMost(key + " bytes ÷ theory", found.ofTheory(), 1.05));
            requirements.add(Requirement.atMost(
                    key + " interface ÷ theory",
                    found.atInterface() / found.of().theory(),
                    1.05));
            requirements.add(Requirement.atMost(key + " time ÷ wire", found.ofWire(wire), 1.2));
        });
        return requirements;
    }

    /** In blocks in turn with raw sockets between two of the replicas, which say what the wire gives while others load the machine. */
    private Found measure(Case what) {
        Path folder = Scratch.folder();
        List<List<String>> replicas = IntStream.range(0, what.replicas())
                .mapToObj(rank -> replica(what, rank, folder))
                .toList();
        List<List<String>> sockets = IntStream.range(0, 2)
                .mapToObj(rank -> in(
                        rank,
                        SocketContender.class,
                        List.of(
                                "" + rank,
                                folder.toString(),
                                "" + ExchangeContender.PARAMETERS,
                                WireContender.INTERFACE)))
                .toList();
        try (Contender exchange = Contender.start(replicas, Map.of(), benchmark.log());
                Contender raw = Contender.start(sockets, Map.of(), benchmark.log())) {
            ask(exchange, warmUp);
            ask(raw, Math.min(warmUp, 3 * BLOCK));
            double[] times = new double[rounds];
            double[] rawTimes = new double[rounds];
            double[] bytes = new double[4];
            for (int done = 0, block; done < rounds; done += block) {
                block = Math.min(BLOCK, rounds - done);
                if (what.length() > FEW) {
                    System.arraycopy(ask(raw, block), 0, rawTimes, done, block);
                }
                double[] answer = ask(exchange, block);
                System.arraycopy(answer, 0, times, done, block);
                for (int count = 0; count < bytes.length; count++) {
                    bytes[count] += answer[block + count] * block / rounds;
                }
            }
            Arrays.sort(times);
            return new Found(what, times, Samples.median(rawTimes), bytes[0], bytes[1], bytes[2], bytes[3]);
        } finally {
            Scratch.delete(folder);
        }
    }

    private double[] ask(Contender contender, int count) {
        return contender
                .ask("" + count)
                .orElseThrow(() -> new IllegalStateException(
                        "Cannot measure: a process has ended (expected an answer; see " + benchmark.log() + ")"));
    }

    private List<String> replica(Case what, int rank, Path folder) {
        List<String> arguments = List.of(
                what.key(),
                "" + rank,
                "" + what.replicas(),
                "" + what.vectors(),
                "" + what.length(),
                folder.toString());
        return in(rank, WireContender.class, arguments);
    }

    private List<String> in(int namespace, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", namespaces + namespace));
        command.addAll(JavaCommand.asStarling(main, arguments.toArray(String[]::new)));
        return command;
    }

    private void print(List<Found> all, Machine machine, double others) {
        System.out.println("# Averaging on wires of " + Math.round(wire / BYTES_PER_MEGABIT) + " Mbit/s");
        System.out.println();
        System.out.println(
                "Medians of " + rounds + " rounds after " + warmUp + " to warm up, the slowest replica counts. "
                        + machine.description() + "; others took " + Math.round(100 * others) + "% of the machine.");
        System.out.println();
        System.out.println(
                "| averaged | replicas | bytes in theory | sent, by the exchange | ÷ theory | by the interface "
                        + "| ÷ theory | by the limiter, headers of all packets included | wire time, ms | least | median | p90 | median ÷ wire time | raw sockets ÷ their wire time, meanwhile | processor time of one, ms |");
        System.out.println("|" + "---|".repeat(14));
        all.forEach(found -> System.out.println(row(found)));
    }

    private String row(Found found) {
        Case of = found.of();
        double[] times = found.times();
        return String.format(
                Locale.ROOT,
                "| %s | %d | %,.0f | %,.0f | %.4f | %,.0f | %.4f | %,.0f | %.2f | %.2f | %.2f | %.2f | %s | %s | %.2f |",
                of.what() + ", " + of.vectors() + " × " + String.format(Locale.ROOT, "%,d", of.length()),
                of.replicas(),
                of.theory(),
                found.counted(),
                found.ofTheory(),
                found.atInterface(),
                found.atInterface() / of.theory(),
                found.throughLimiter(),
                of.theory() / wire * 1e3,
                times[0],
                Samples.median(times),
                times[(int) (0.9 * times.length)],
                of.length() > FEW ? ratio(found.ofWire(wire)) : "",
                of.length() > FEW ? ratio(found.raw() / 1e3 / (RAW.theory() / wire)) : "",
                found.busy());
    }

    private static String ratio(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
