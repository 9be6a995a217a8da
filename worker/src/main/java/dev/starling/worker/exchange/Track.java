package dev.starling.worker.exchange;

import java.util.List;

/**
 * One vector that a gang averages, as one JVM holds it for the replicas in it. A place is a replica's number among those, from 0. Each replica calls {@link #before} and
 * {@link #after} around an averaging; in between, what all have given is only read until the mean of that part is known.
 */
sealed interface Track permits FloatTrack, HalfTrack {
    int length();

    /** What a replica gives. */
    Values given(int place);

    /** Where the mean comes together in this JVM. */
    Values mean();

    /**
     * Makes ready what the replica gives.
     *
     * @param counts whether its weight is above 0
     */
    void before(int place, boolean counts);

    /** Takes a part of the mean that was computed in this JVM. */
    void store(int at, float[] mean, int length);

    /** Gives the replica the whole mean. */
    void after(int place);

    /** What it keeps of the replica from round to round. */
    List<StateVector> state(int place);
}
