package dev.starling.worker.exchange;

import dev.starling.worker.memory.FlatVector;
import java.util.List;

/** One replica has nobody to average with, so training it is plain training, to the bit. */
final class Alone implements Exchange {
    @Override
    public int rank() {
        return 0;
    }

    @Override
    public int ranks() {
        return 1;
    }

    @Override
    public void join(List<FlatVector> vectors, Compression compression) {}

    @Override
    public RoundReport average(RoundReport mine, int[] weights) {
        return mine;
    }

    @Override
    public List<byte[]> gather(byte[] mine) {
        return List.of(mine);
    }

    @Override
    public void beat() {}

    @Override
    public void fail(Throwable cause) {}

    @Override
    public long waitingNanos() {
        return 0;
    }

    @Override
    public void close() {}
}
