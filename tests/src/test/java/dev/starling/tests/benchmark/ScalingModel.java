package dev.starling.tests.benchmark;

import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * What averaging costs as replicas become more: N equal replicas train H steps each, wait for the last, and average.
 *
 * <pre>
 *   E(N, H) = H·s ÷ T(N, H)
 *   T(N, H) = H·s + σ·√H·m(N) + a(N)
 *   a(N)    = λ·(N − 1) + 8·F·(1 − 1/N) ÷ B
 * </pre>
 *
 * E is the gang's rate over N times that of one replica alone, at the same batch per replica. m(N) is the expected largest of N standard normal numbers, by Blom (1958):
 * Φ⁻¹((N − 0.375) ÷ (N + 0.25)); step times are taken as independent, so that those of a round scatter by σ·√H. a(N) is exact in its bytes: a replica sends its part of all slices but its own,
 * and the mean of its own to all others.
 *
 * <p>Assumed: replicas, wires and batches are equal, a network that carries all wires at once, one replica for each wire, no overlap of averaging with steps. Not in it: how
 * well the averaged model learns, which falls with H and N (see the study of strategies).
 *
 * @param step s, seconds of a local step, > 0
 * @param jitter σ, standard deviation of a step's seconds, ≥ 0
 * @param floats F, averaged floats: parameters, and each vector of the optimiser's state that is averaged
 * @param bandwidth B, bytes per second that a replica sends while it receives as many, > 0
 * @param perPeer λ, seconds that each peer costs a replica in a round, ≥ 0
 */
record ScalingModel(double step, double jitter, double floats, double bandwidth, double perPeer) {
    private static final NormalDistribution NORMAL = new NormalDistribution();

    /** a(N), seconds. */
    double averaging(int replicas) {
        return perPeer * (replicas - 1) + 2 * Float.BYTES * floats * (1 - 1.0 / replicas) / bandwidth;
    }

    /** T(N, H), seconds. */
    double round(int replicas, int steps) {
        return steps * step + jitter * Math.sqrt(steps) * largest(replicas) + averaging(replicas);
    }

    /** E(N, H), 0 to 1. */
    double efficiency(int replicas, int steps) {
        return steps * step / round(replicas, steps);
    }

    /** m(N): 0 for one. */
    static double largest(int replicas) {
        return NORMAL.inverseCumulativeProbability((replicas - 0.375) / (replicas + 0.25));
    }
}
