package dev.starling.worker.exchange;

import dev.starling.worker.memory.FlatVector;
import java.nio.ByteBuffer;
import java.util.List;

/** One replica's end of a gang in several JVMs. Used by its replica's thread. */
final class PeerExchange implements Exchange {
    private final PeerGang gang;
    private final int place;
    private int generation;
    private long waitingNanos;

    /** @param place of the replica in its JVM */
    PeerExchange(PeerGang gang, int place) {
        this.gang = gang;
        this.place = place;
    }

    @Override
    public int rank() {
        return gang.local().rank(place);
    }

    @Override
    public int ranks() {
        return gang.ranks();
    }

    @Override
    public void join(List<FlatVector> vectors, Compression compression) {
        waiting(true);
        gang.join(place, vectors, compression);
        ByteBuffer mine = ByteBuffer.allocate(Integer.BYTES * vectors.size());
        vectors.forEach(vector -> mine.putInt(vector.length()));
        List<byte[]> lengths = gather(mine.array());
        for (int rank = 0; rank < lengths.size(); rank++) {
            requireSame(rank, ByteBuffer.wrap(lengths.get(rank)), ByteBuffer.wrap(lengths.get(0)));
        }
    }

    private static void requireSame(int rank, ByteBuffer found, ByteBuffer expected) {
        if (found.remaining() != expected.remaining()) {
            throw new TrainingFailed("Cannot average " + found.remaining() / Integer.BYTES + " vectors of replica "
                    + rank + " (expected " + expected.remaining() / Integer.BYTES + " as in replica 0)");
        }
        for (int vector = 0; found.hasRemaining(); vector++) {
            SharedGang.requireLength(vector, rank, found.getInt(), 0, expected.getInt());
        }
    }

    @Override
    public RoundReport average(RoundReport mine, int[] weights) {
        waiting(true);
        waitingNanos += gang.average(place, generation, mine, weights);
        RoundReport merged = gang.reports(place, generation, weights);
        generation++;
        waiting(false);
        return merged;
    }

    @Override
    public List<byte[]> gather(byte[] mine) {
        waiting(true);
        List<byte[]> all = gang.gather(place, generation, mine);
        generation++;
        waiting(false);
        return all;
    }

    @Override
    public List<StateVector> state() {
        return gang.local().state(place);
    }

    @Override
    public long sentBytes() {
        return gang.links().sentBytes() / gang.local().places();
    }

    @Override
    public long receivedBytes() {
        return gang.links().receivedBytes() / gang.local().places();
    }

    /** Where it stays so because of a failure, nothing is left to be watched. */
    private void waiting(boolean waits) {
        gang.local().setWaiting(place, waits);
    }

    @Override
    public void beat() {
        gang.local().barrier().beat(place);
    }

    @Override
    public void fail(Throwable cause) {
        gang.fail(place, cause);
    }

    @Override
    public long waitingNanos() {
        return waitingNanos;
    }

    /** What it shares with others is its rendezvous' to close. */
    @Override
    public void close() {}
}
