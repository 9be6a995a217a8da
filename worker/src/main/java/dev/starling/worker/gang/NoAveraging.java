package dev.starling.worker.gang;

import dev.starling.worker.exchange.RoundReport;
import dev.starling.worker.exchange.StateVector;
import java.util.List;

/** A gang of one that makes nothing of its mean: plain training, to the bit. */
record NoAveraging() implements Averaging {
    @Override
    public void join() {}

    @Override
    public RoundReport end(RoundEnd round, long steps) {
        return round.mine();
    }

    @Override
    public boolean makesEqual() {
        return true;
    }

    @Override
    public List<StateVector> state() {
        return List.of();
    }

    @Override
    public void resume() {}

    @Override
    public long waitingNanos() {
        return 0;
    }

    @Override
    public void close() {}
}
