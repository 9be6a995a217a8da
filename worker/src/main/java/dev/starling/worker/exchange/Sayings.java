package dev.starling.worker.exchange;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the ranks say in each of a gang's exchanges, numbered by generation. A peer can be one generation ahead, never two, for it needs what is said here to
 * get there: two places are enough. Thread-safe.
 */
final class Sayings {
    private final int peers;
    /** By rank: the last generation in which it was heard; no more will come of a peer that has left. */
    private final int[] last;

    private final boolean[] left;
    private final Generation[] generations = new Generation[2];
    private volatile int begun = -1;

    /** One of two that take turns. */
    private static final class Generation {
        private final byte[][] said;
        private int heard;
        private byte kind;
        private volatile int complete = -1;
        private volatile long completed;

        Generation(int ranks) {
            said = new byte[ranks][];
        }
    }

    /** @param peers JVMs besides this one, ≥ 1 */
    Sayings(int ranks, int peers) {
        this.peers = peers;
        this.last = new int[ranks];
        Arrays.fill(last, -1);
        this.left = new boolean[ranks];
        for (int i = 0; i < generations.length; i++) {
            generations[i] = new Generation(ranks);
        }
    }

    private Generation at(int generation) {
        return generations[generation % generations.length];
    }

    /** What a rank of this JVM says. */
    void say(int generation, int rank, byte[] bytes) {
        at(generation).said[rank] = bytes;
    }

    /**
     * This JVM's message to all peers, once all its ranks have said what they say.
     *
     * @param kind of the call, the same in all ranks
     */
    ByteBuffer message(int generation, byte kind, List<Integer> ranks) {
        byte[][] said = at(generation).said;
        int size = ranks.stream()
                .mapToInt(rank -> Integer.BYTES + said[rank].length)
                .sum();
        ByteBuffer message =
                ByteBuffer.allocate(Integer.BYTES + 1 + size).putInt(generation).put(kind);
        for (int rank : ranks) {
            message.putInt(said[rank].length).put(said[rank]);
        }
        begun = generation;
        return message.flip();
    }

    /**
     * A peer's message.
     *
     * @return whether all are there now
     */
    synchronized boolean hear(List<Integer> ranks, ByteBuffer message) {
        int number = message.getInt();
        byte kind = message.get();
        if (number < begun || number > begun + 1) {
            throw new IllegalStateException("Cannot hear exchange " + number + " of replicas " + ranks + " in exchange "
                    + begun + " (expected this or the next)");
        }
        Generation generation = at(number);
        for (int rank : ranks) {
            byte[] bytes = new byte[message.getInt()];
            message.get(bytes);
            generation.said[rank] = bytes;
            last[rank] = number;
        }
        if (generation.heard > 0 && generation.kind != kind) {
            throw new IllegalStateException("Cannot hear replicas " + ranks + ": call " + kind + " in exchange "
                    + number + " (expected call " + generation.kind + " as of the others)");
        }
        generation.kind = kind;
        generation.heard++;
        if (generation.heard < peers) {
            return false;
        }
        generation.heard = 0;
        generation.completed = System.nanoTime();
        generation.complete = number;
        return true;
    }

    /** A peer has left, after all it had to say. */
    synchronized void leave(List<Integer> ranks) {
        ranks.forEach(rank -> left[rank] = true);
    }

    /** Ranks that have left without what this JVM's present exchange needs of them. */
    synchronized List<Integer> deserters() {
        return IntStream.range(0, left.length)
                .filter(rank -> left[rank] && last[rank] < begun)
                .boxed()
                .toList();
    }

    boolean isComplete(int generation) {
        return at(generation).complete == generation;
    }

    /** When the last peer was heard, by nanoTime. */
    long completed(int generation) {
        return at(generation).completed;
    }

    /**
     * What a rank said, once complete.
     *
     * @throws TrainingFailed if the peers made another call
     */
    byte[] said(int generation, byte kind, int rank) {
        if (at(generation).kind != kind) {
            throw new TrainingFailed("Cannot exchange with the gang: others make call " + at(generation).kind
                    + " as their exchange " + generation + " (expected call " + kind + ")");
        }
        return at(generation).said[rank];
    }
}
