package dev.starling.jobs.figure;

/** From the least to the most of a chart's axis, least below most. */
record Range(double least, double most) {
    private static final double MARGIN = 0.15;

    /** What holds the values and some room on both sides. */
    static Range around(double[] values) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        double room = least < most ? MARGIN * (most - least) : 1;
        return new Range(least - room, most + room);
    }

    /** The middle of one of equal cells. */
    double middle(int cell, int cells) {
        return least + (most - least) * (cell + 0.5) / cells;
    }
}
