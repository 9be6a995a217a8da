package dev.starling.worker.data;

/** The order in which a replica sees its examples in an epoch. */
public final class EpochOrder {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private EpochOrder() {}

    /**
     * A random permutation of 0 … rows − 1 (Fisher and Yates; Durstenfeld's form). Its numbers come from a counter that is mixed (SplitMix64), so the
     * order is a function of the arguments, on every Java.
     *
     * @param rows ≥ 0
     * @param seed derived for this replica and epoch
     */
    public static int[] shuffled(int rows, long seed) {
        int[] order = new int[rows];
        for (int i = 0; i < rows; i++) {
            order[i] = i;
        }
        for (int i = rows - 1; i > 0; i--) {
            long random = Seeds.mix(seed + GOLDEN * (i + 1L)) >>> 32;
            int j = (int) ((random * (i + 1L)) >>> 32);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }
}
