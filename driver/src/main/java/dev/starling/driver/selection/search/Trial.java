package dev.starling.driver.selection.search;

import dev.starling.driver.selection.search.space.Point;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** One point and what is known of it. Immutable; arrays are not shared. */
public final class Trial {
    private final int number;
    private final Point point;
    private final TrialState state;
    private final int from;
    private final int to;
    private final double[] values;
    private final double seconds;
    private final String cause;

    private Trial(
            int number,
            Point point,
            TrialState state,
            int from,
            int to,
            double[] values,
            double seconds,
            String cause) {
        this.number = number;
        this.point = point;
        this.state = state;
        this.from = from;
        this.to = to;
        this.values = values;
        this.seconds = seconds;
        this.cause = cause;
    }

    static Trial planned(int number, Point point) {
        return new Trial(number, point, TrialState.PLANNED, 0, 0, new double[0], 0, "");
    }

    static Trial begun(int number, Point point, int to) {
        return new Trial(number, point, TrialState.RUNNING, 0, to, new double[0], 0, "");
    }

    Trial resumed(int newFrom, int newTo) {
        return new Trial(number, point, TrialState.RUNNING, newFrom, newTo, values, seconds, cause);
    }

    Trial interrupted() {
        return new Trial(number, point, TrialState.INTERRUPTED, from, to, values, seconds, cause);
    }

    Trial failed(String why) {
        return new Trial(number, point, TrialState.FAILED, from, to, values, seconds, why);
    }

    Trial measured(TrialState next, double[] more, double moreSeconds) {
        double[] all = Arrays.copyOf(values, values.length + more.length);
        System.arraycopy(more, 0, all, values.length, more.length);
        return new Trial(number, point, next, from, to, all, seconds + moreSeconds, cause);
    }

    /** From 0. */
    public int number() {
        return number;
    }

    public Point point() {
        return point;
    }

    public TrialState state() {
        return state;
    }

    /** Epochs that lay behind it when it was last started. */
    public int from() {
        return from;
    }

    /** Epochs that it has behind it, or is running to. */
    public int to() {
        return to;
    }

    /** Epochs whose values are known. */
    public int epochs() {
        return values.length;
    }

    /** Of the objective, after each epoch. */
    public double[] values() {
        return values.clone();
    }

    /** On slots. */
    public double seconds() {
        return seconds;
    }

    /** Why it failed. */
    public Optional<String> cause() {
        return cause.isEmpty() ? Optional.empty() : Optional.of(cause);
    }

    /** The epoch, from 1, after which the objective was best; of equals the first, but over folds the last, as only the last of a rung is looked at. */
    public OptionalInt bestEpoch(Objective objective) {
        boolean last = objective.measured() == Objective.Measured.MEAN;
        int best = -1;
        for (int e = 0; e < values.length; e++) {
            double gain = best < 0 ? 1 : objective.loss(values[best]) - objective.loss(values[e]);
            if (gain > 0 || (last && gain == 0)) {
                best = e;
            }
        }
        return best < 0 ? OptionalInt.empty() : OptionalInt.of(best + 1);
    }

    /** The objective after {@link #bestEpoch}; empty where none is known. */
    public OptionalDouble value(Objective objective) {
        OptionalInt epoch = bestEpoch(objective);
        return epoch.isPresent() ? OptionalDouble.of(values[epoch.getAsInt() - 1]) : OptionalDouble.empty();
    }

    /** The best loss of the first epochs; infinite where none is known. */
    double loss(Objective objective, int firstEpochs) {
        double sign = objective.maximize() ? -1 : 1;
        double best = Double.POSITIVE_INFINITY;
        for (int e = 0; e < Math.min(firstEpochs, values.length); e++) {
            best = Math.min(best, sign * values[e]);
        }
        return best;
    }

    /** The losses of all epochs. */
    double[] losses(Objective objective) {
        return Arrays.stream(values).map(objective::loss).toArray();
    }
}
