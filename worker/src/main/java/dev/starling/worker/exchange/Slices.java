package dev.starling.worker.exchange;

/** Each rank owns one slice of every vector: it, or its JVM, computes the mean there. */
final class Slices {
    /** Slices begin at whole cache lines, so that two ranks never write to the same one. */
    private static final int LINE = 16;

    private Slices() {}

    /** Where a rank's slice begins; that of {@code ranks} is the vector's end. */
    static int start(int rank, int length, int ranks) {
        return rank == ranks ? length : (int) ((long) length * rank / ranks) / LINE * LINE;
    }
}
