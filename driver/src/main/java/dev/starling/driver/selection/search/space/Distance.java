package dev.starling.driver.selection.search.space;

import java.util.Arrays;
import java.util.List;

/**
 * How far points of a space lie from each other: the root of the sum over all parameters of squares, of the difference on [0, 1], or of 1 where options differ or one of the points has not the parameter. Immutable.
 */
public final class Distance {
    private final Space space;
    private final boolean[] named;

    public Distance(Space space) {
        this.space = space;
        this.named = new boolean[space.size()];
        for (Group group : space.groups()) {
            List<Parameter> parameters = group.parameters();
            for (int i = 0; i < parameters.size(); i++) {
                named[group.first() + i] = parameters.get(i).dimension() instanceof Choice;
            }
        }
    }

    /** Where a point lies: a number for each parameter, NaN for those that it has not. */
    public double[] place(Point point) {
        double[] place = new double[named.length];
        Arrays.fill(place, Double.NaN);
        for (Group group : space.groups()) {
            if (group.existsAt(point)) {
                List<Parameter> parameters = group.parameters();
                for (int i = 0; i < parameters.size(); i++) {
                    Parameter parameter = parameters.get(i);
                    Setting setting = point.settings().get(parameter.path());
                    place[group.first() + i] =
                            parameter.dimension().cell(setting).centre();
                }
            }
        }
        return place;
    }

    /** The square of the distance of two places. */
    public double squared(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < named.length; i++) {
            double difference = one[i] - other[i];
            if (Double.isNaN(difference) || named[i]) {
                sum += Double.compare(one[i], other[i]) == 0 ? 0 : 1;
            } else {
                sum += difference * difference;
            }
        }
        return sum;
    }
}
