package dev.starling.worker.gang;

import dev.starling.worker.exchange.Compression;
import dev.starling.worker.exchange.Exchange;
import dev.starling.worker.exchange.RoundReport;
import dev.starling.worker.exchange.StateVector;
import dev.starling.worker.memory.Arena;
import java.util.List;

/** A round ends with its averaging, for which the replica waits. */
final class AtOnce implements Averaging {
    private final Exchange exchange;
    private final AveragedVectors vectors;
    private final Compression compression;
    private final Arena arena;

    /**
     * @param vectors the replica's own
     * @param arena closed with this
     */
    AtOnce(Exchange exchange, AveragedVectors vectors, Compression compression, Arena arena) {
        this.exchange = exchange;
        this.vectors = vectors;
        this.compression = compression;
        this.arena = arena;
    }

    @Override
    public void join() {
        exchange.join(vectors.shared(), compression);
    }

    @Override
    public RoundReport end(RoundEnd round, long steps) {
        vectors.before();
        RoundReport merged = exchange.average(round.mine(), round.weights());
        vectors.after(round.learningRate());
        return merged;
    }

    @Override
    public boolean makesEqual() {
        return true;
    }

    @Override
    public List<StateVector> state() {
        return vectors.state();
    }

    @Override
    public void resume() {
        vectors.restart();
    }

    @Override
    public long waitingNanos() {
        return exchange.waitingNanos();
    }

    @Override
    public void close() {
        arena.close();
    }
}
