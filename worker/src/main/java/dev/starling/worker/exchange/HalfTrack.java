package dev.starling.worker.exchange;

import dev.starling.worker.memory.FlatVector;
import java.util.ArrayList;
import java.util.List;

/**
 * A vector averaged in half precision with error feedback on both ways (Seide et al. 2014; both ways: Tang et al. 2019, DoubleSqueeze). With the anchor a, the value that
 * the last averaging gave to all, a rank r gives
 *
 * <pre>
 * dᵣ = (xᵣ − a) + eᵣ     hᵣ = half(dᵣ)     eᵣ ← dᵣ − hᵣ
 * m  = (Σ wᵣ·hᵣ) ÷ Σ wᵣ + f     h = half(m)     f ← m − h     a ← a + h     xᵣ ← a
 * </pre>
 *
 * <p>The sum is taken in float, along the tree; every rank's part is rounded before it, so no sums travel, and one JVM computes as several do. Each slice's f is its
 * rank's, whichever JVM that is in. Without f an update below half's smallest step, 6·10⁻⁸, would be lost in every round alike. A rank of weight 0 gives nothing and keeps
 * its eᵣ. Anchor, e and f are state: a checkpoint holds them.
 */
final class HalfTrack implements Track {
    private final int ranks;
    private final List<Place> places = new ArrayList<>();
    private final Halves mean;

    /** What one replica keeps. */
    private static final class Place {
        private final FlatVector vector;
        private final FlatVector anchor;
        private final FlatVector residual;
        private final Halves given;
        /** Of its rank's slice, which begins at {@code from}. */
        private final FlatVector down;

        private final int from;
        private final float[] row = new float[TreeMean.CHUNK];
        private final float[] other = new float[TreeMean.CHUNK];

        Place(FlatVector vector, int rank, int ranks) {
            int length = vector.length();
            this.vector = vector;
            this.anchor = FlatVector.allocate(length);
            anchor.set(vector);
            this.residual = FlatVector.allocate(length);
            this.given = new Halves(length);
            this.from = Slices.start(rank, length, ranks);
            this.down = FlatVector.allocate(Slices.start(rank + 1, length, ranks) - from);
        }

        void give(int at, int length) {
            vector.get(at, row, 0, length);
            anchor.get(at, other, 0, length);
            for (int i = 0; i < length; i++) {
                row[i] -= other[i];
            }
            residual.get(at, other, 0, length);
            for (int i = 0; i < length; i++) {
                row[i] += other[i];
            }
            given.round(at, row, length);
            residual.set(at, row, 0, length);
        }

        void take(Halves mean, int at, int length) {
            mean.get(at, row, length);
            anchor.get(at, other, 0, length);
            for (int i = 0; i < length; i++) {
                other[i] += row[i];
            }
            anchor.set(at, other, 0, length);
            vector.set(at, other, 0, length);
        }
    }

    /**
     * @param vectors of the replicas of this JVM, the same in all ranks now
     * @param rankOf the replicas' ranks
     * @param ranks of the gang
     */
    HalfTrack(List<FlatVector> vectors, int[] rankOf, int ranks) {
        this.ranks = ranks;
        for (int place = 0; place < vectors.size(); place++) {
            places.add(new Place(vectors.get(place), rankOf[place], ranks));
        }
        this.mean = new Halves(length());
    }

    @Override
    public int length() {
        return places.get(0).vector.length();
    }

    @Override
    public Values given(int place) {
        return places.get(place).given;
    }

    @Override
    public Values mean() {
        return mean;
    }

    @Override
    public void before(int place, boolean counts) {
        if (!counts) {
            return;
        }
        for (int at = 0; at < length(); at += TreeMean.CHUNK) {
            places.get(place).give(at, Math.min(TreeMean.CHUNK, length() - at));
        }
    }

    /** Of one slice, by one thread at a time. */
    @Override
    public void store(int at, float[] values, int length) {
        Place owner = ownerOf(at);
        FlatVector down = owner.down;
        for (int i = 0; i < length; i++) {
            values[i] += down.floats().get(at - owner.from + i);
        }
        mean.round(at, values, length);
        down.set(at - owner.from, values, 0, length);
    }

    private Place ownerOf(int at) {
        for (Place place : places) {
            if (at >= place.from && at < place.from + place.down.length()) {
                return place;
            }
        }
        throw new IllegalStateException("Cannot store a mean at " + at + " of " + length()
                + " (expected it in a slice of this JVM's ranks, of " + ranks + ")");
    }

    @Override
    public void after(int place) {
        for (int at = 0; at < length(); at += TreeMean.CHUNK) {
            places.get(place).take(mean, at, Math.min(TreeMean.CHUNK, length() - at));
        }
    }

    @Override
    public List<StateVector> state(int place) {
        Place mine = places.get(place);
        return List.of(
                new StateVector("anchor", mine.anchor, true),
                new StateVector("residual", mine.residual, false),
                new StateVector("downResidual", mine.down, false));
    }
}
