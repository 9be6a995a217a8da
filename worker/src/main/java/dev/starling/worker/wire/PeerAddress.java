package dev.starling.worker.wire;

import java.util.List;

/**
 * A JVM of a gang.
 *
 * @param executor its id in Spark
 * @param process its id in the machine's system
 * @param ranks of its replicas, ascending
 */
public record PeerAddress(String host, int port, String executor, long process, List<Integer> ranks) {
    public PeerAddress {
        ranks = List.copyOf(ranks);
    }

    /** {@code replica 1 (executor 0 on host, process 7)}, as a message names it. */
    public String name() {
        String replicas = ranks.size() == 1 ? "replica " + ranks.get(0) : "replicas " + ranks;
        return replicas + " (executor " + executor + " on " + host + ", process " + process + ")";
    }
}
