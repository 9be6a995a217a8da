package dev.starling.worker.exchange;

import dev.starling.worker.memory.FlatVector;
import java.util.Arrays;
import java.util.List;

/** A vector averaged in full precision, in place: replicas give what they hold, and means are written over it. */
final class FloatTrack implements Track {
    private final List<Floats> vectors;
    private final FlatVector[] direct;

    /**
     * @param vectors of the replicas
     * @param direct how many of them take means as they are computed; the others copy the first one's in the end
     */
    FloatTrack(List<FlatVector> vectors, int direct) {
        this.vectors = vectors.stream().map(Floats::new).toList();
        this.direct = Arrays.copyOf(vectors.toArray(FlatVector[]::new), direct);
    }

    @Override
    public int length() {
        return vectors.get(0).length();
    }

    @Override
    public Values given(int place) {
        return vectors.get(place);
    }

    @Override
    public Values mean() {
        return vectors.get(0);
    }

    @Override
    public void before(int place, boolean counts) {}

    @Override
    public void store(int at, float[] mean, int length) {
        for (FlatVector vector : direct) {
            vector.set(at, mean, 0, length);
        }
    }

    @Override
    public void after(int place) {
        if (place >= direct.length) {
            vectors.get(place).vector().set(direct[0]);
        }
    }

    @Override
    public List<StateVector> state(int place) {
        return List.of();
    }
}
