package dev.starling.driver.selection.search.space;

/**
 * The part of [0, 1] that stands for one value: a point where values are continuous.
 *
 * @param low equal to high for a point
 */
public record Cell(double low, double high) {
    static Cell point(double at) {
        double inside = Math.max(0, Math.min(1, at));
        return new Cell(inside, inside);
    }

    static Cell ofLevel(long index, long levels) {
        return new Cell((double) index / levels, (index + 1.0) / levels);
    }

    public double centre() {
        return (low + high) / 2;
    }

    public boolean isPoint() {
        return low == high;
    }
}
