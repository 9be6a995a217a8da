package dev.starling.worker.gang;

/**
 * How far a gang has come.
 *
 * @param epoch epochs wholly done, ≥ 0
 * @param round rounds done of the epoch after them, ≥ 0; 0 at an epoch's boundary
 */
public record Position(int epoch, int round) implements Comparable<Position> {
    public static final Position START = new Position(0, 0);

    public boolean isBoundary() {
        return round == 0;
    }

    @Override
    public int compareTo(Position other) {
        return epoch != other.epoch ? Integer.compare(epoch, other.epoch) : Integer.compare(round, other.round);
    }

    /** As a person counts. */
    @Override
    public String toString() {
        return "epoch " + (epoch + 1) + (round == 0 ? "" : ", round " + (round + 1));
    }
}
