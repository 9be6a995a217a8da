package dev.starling.tests.course;

import java.util.List;

/**
 * The line y = slope·x + intercept of least squared error, by the normal equations: slope = cov(x, y) ÷ var(x), intercept = mean(y) − slope·mean(x).
 *
 * @param rmse of the points that it was found from
 */
record LeastSquares(double slope, double intercept, double rmse) {
    /** Of {@code conf/data/course/line.csv}. */
    static LeastSquares ofLine() {
        List<double[]> points = CourseData.files()
                .get("line.csv")
                .lines()
                .skip(1)
                .map(line -> line.split(",", -1))
                .map(cells -> new double[] {Double.parseDouble(cells[0]), Double.parseDouble(cells[1])})
                .toList();
        double x = points.stream().mapToDouble(p -> p[0]).average().orElseThrow();
        double y = points.stream().mapToDouble(p -> p[1]).average().orElseThrow();
        double together =
                points.stream().mapToDouble(p -> (p[0] - x) * (p[1] - y)).sum();
        double slope = together
                / points.stream().mapToDouble(p -> (p[0] - x) * (p[0] - x)).sum();
        double intercept = y - slope * x;
        double squares = points.stream()
                .mapToDouble(p -> Math.pow(p[1] - slope * p[0] - intercept, 2))
                .sum();
        return new LeastSquares(slope, intercept, Math.sqrt(squares / points.size()));
    }
}
