package dev.starling.tests.benchmark;

import dev.starling.worker.network.NetworkLayout;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What averaging between two executors costs, beside theory and a bare copy, and what was promised of it. */
final class ClusterTable {
    private static final double LARGEST_DRIVER_BYTES = 1024;

    // Where StarlingContender's answer has them.
    private static final int AVERAGING_MILLIS = 3;
    private static final int BUSY_MILLIS = 4;
    private static final int SENT = 5;
    private static final int DRIVER = 6;

    private final Work work;
    private final Rounds rounds;
    private final int floats;

    ClusterTable(Work work, Rounds rounds, Experiments.Described described) {
        this.work = work;
        this.rounds = rounds;
        this.floats = averagedFloats(described);
    }

    /** Parameters, and the optimiser's state, which is averaged by default: P·(1 + state vectors). */
    static int averagedFloats(Experiments.Described described) {
        int vectors = 1 + described.optimizer().stateVectors();
        return NetworkLayout.of(described.network()).total() * vectors;
    }

    /** Bytes that reduce-scatter and all-gather need per replica and round: 2·P·(1 − 1/N)·4, P all averaged floats. */
    private double theory() {
        return 2.0 * floats * (ClusterRows.REPLICAS - 1) / ClusterRows.REPLICAS * Float.BYTES;
    }

    void print(PrintStream out) {
        double copy = rounds.median(ClusterRows.socketsKey(work));
        out.println();
        out.printf(
                Locale.ROOT,
                "Averaged are %,d floats, parameters and optimiser state. In theory a replica sends 2·(1 − 1/N)·4 bytes for each, %,.0f; a bare copy of these over raw "
                        + "sockets, both ways at once, takes %.2f ms.%n",
                floats,
                theory(),
                copy);
        out.println();
        out.println(
                "| H | bytes sent per replica and round | ÷ theory | averaging per round, waiting included, ms | ÷ bare copy | "
                        + "without waiting, ms | ÷ bare copy | driver's traffic per round, bytes, all of it |");
        out.println("|---|---|---|---|---|---|---|---|");
        for (int every : ClusterRows.AVERAGING) {
            rounds.of(ClusterRows.key(work, every))
                    .ifPresent(samples -> out.printf(
                            Locale.ROOT,
                            "| %d | %,.0f | %.3f | %.2f | %.2f | %.2f | %.2f | %,.0f |%n",
                            every,
                            samples.median(SENT),
                            samples.median(SENT) / theory(),
                            samples.median(AVERAGING_MILLIS),
                            samples.median(AVERAGING_MILLIS) / copy,
                            samples.median(BUSY_MILLIS),
                            samples.median(BUSY_MILLIS) / copy,
                            samples.median(DRIVER)));
        }
    }

    /** A requirement about rows that did not run is left out. */
    List<Requirement> requirements() {
        String ours = ClusterRows.key(work, 20);
        List<Requirement> list = new ArrayList<>();
        if (work == Work.MLP) {
            for (String approach : List.of("Export", "Direct")) {
                list.add(ratio(ours, ClusterRows.masterKey(work, 20, approach), 40));
            }
        }
        if (work == Work.CNN) {
            list.add(ratio(ours, ClusterRows.oneJvmKey(work), 0.9));
        }
        list.add(Requirement.atMost(
                ours + " bytes sent / theory", median(ours, SENT).orElse(Double.NaN) / theory(), 1.05));
        for (int every : ClusterRows.AVERAGING) {
            String key = ClusterRows.key(work, every);
            list.add(Requirement.atMost(
                    key + " driver bytes a round", median(key, DRIVER).orElse(Double.NaN), LARGEST_DRIVER_BYTES));
        }
        list.removeIf(requirement -> Double.isNaN(requirement.value()));
        return list;
    }

    private Requirement ratio(String row, String other, double bound) {
        return Requirement.atLeast(row + " / " + other, rounds.median(row) / rounds.median(other), bound);
    }

    private Optional<Double> median(String key, int index) {
        return rounds.of(key).map(samples -> samples.median(index));
    }
}
