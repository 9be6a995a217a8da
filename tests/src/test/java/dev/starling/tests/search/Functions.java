package dev.starling.tests.search;

import dev.starling.driver.selection.search.space.Dimension;
import dev.starling.driver.selection.search.space.Parameter;
import dev.starling.driver.selection.search.space.Point;
import dev.starling.driver.selection.search.space.Setting;
import dev.starling.driver.selection.search.space.Space;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Test functions of global optimisation, to be minimised. Source: Surjanovic and Bingham, "Virtual Library of Simulation Experiments", Simon Fraser University. */
record Functions(String name, Space space, ToDoubleFunction<Point> value) {
    private static final double[] ALPHA = {1.0, 1.2, 3.0, 3.2};
    private static final double[][] A = {
        {10, 3, 17, 3.5, 1.7, 8}, {0.05, 10, 17, 0.1, 8, 14}, {3, 3.5, 1.7, 10, 17, 8}, {17, 8, 0.05, 10, 0.1, 14}
    };
    private static final double[][] P = {
        {0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886},
        {0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991},
        {0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650},
        {0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381}
    };

    /** On [−5, 10] × [0, 15]; its three minima are 0.397887. */
    static Functions branin() {
        Space space = new Space(List.of(range("x1", -5, 10), range("x2", 0, 15)));
        return new Functions("Branin", space, point -> branin(at(point, "x1"), at(point, "x2")));
    }

    static double branin(double x1, double x2) {
        double b = 5.1 / (4 * Math.PI * Math.PI);
        double parabola = x2 - b * x1 * x1 + 5 / Math.PI * x1 - 6;
        return parabola * parabola + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x1) + 10;
    }

    /** On [0, 1]⁶; its minimum is −3.32237. */
    static Functions hartmann6() {
        List<Parameter> parameters =
                IntStream.range(0, 6).mapToObj(i -> range("x" + i, 0, 1)).toList();
        return new Functions(
                "Hartmann-6",
                new Space(parameters),
                point -> hartmann6(IntStream.range(0, 6)
                        .mapToDouble(i -> at(point, "x" + i))
                        .toArray()));
    }

    static double hartmann6(double[] x) {
        double sum = 0;
        for (int i = 0; i < ALPHA.length; i++) {
            double exponent = 0;
            for (int j = 0; j < x.length; j++) {
                exponent += A[i][j] * (x[j] - P[i][j]) * (x[j] - P[i][j]);
            }
            sum -= ALPHA[i] * Math.exp(-exponent);
        }
        return sum;
    }

    private static Parameter range(String path, double low, double high) {
        return new Parameter(path, new Dimension.Uniform(low, high, OptionalDouble.empty()));
    }

    private static double at(Point point, String path) {
        return ((Setting.Real) point.settings().get(path)).value();
    }
}
