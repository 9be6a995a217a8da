package dev.starling.jobs.figure;

import java.util.ArrayList;
import java.util.List;

/** Points of a chart, gathered one by one. Used by one thread. */
final class Points {
    private final List<double[]> points = new ArrayList<>();

    void add(double across, double up) {
        points.add(new double[] {across, up});
    }

    boolean isEmpty() {
        return points.isEmpty();
    }

    double[] across() {
        return points.stream().mapToDouble(point -> point[0]).toArray();
    }

    double[] up() {
        return points.stream().mapToDouble(point -> point[1]).toArray();
    }
}
