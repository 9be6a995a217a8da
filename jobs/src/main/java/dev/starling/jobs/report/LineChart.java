package dev.starling.jobs.report;

import java.util.List;

/**
 * Curves over epochs, as SVG.
 *
 * @param title above the chart
 * @param lines at least one with a finite point
 */
record LineChart(String title, List<Line> lines) {
    LineChart {
        lines = List.copyOf(lines);
    }

    /**
     * One curve.
     *
     * @param name for the legend; empty for none there
     * @param color as CSS writes it
     * @param points in the order of epochs
     */
    record Line(String name, String color, List<Point> points) {
        Line {
            points = points.stream().filter(p -> Double.isFinite(p.value())).toList();
        }
    }

    record Point(int epoch, double value) {}

    String svg() {
        List<Point> all = lines.stream().flatMap(line -> line.points().stream()).toList();
        Axis across = Axis.over(
                all.stream().mapToInt(Point::epoch).min().orElse(1),
                all.stream().mapToInt(Point::epoch).max().orElse(1),
                8,
                true);
        Axis up = Axis.over(
                all.stream().mapToDouble(Point::value).min().orElse(0),
                all.stream().mapToDouble(Point::value).max().orElse(1),
                5,
                false);
        Frame frame = new Frame(title, across, up, "epoch");
        StringBuilder svg = new StringBuilder(frame.open());
        for (Line line : lines) {
            curve(svg, line, frame);
        }
        legend(svg);
        return svg.append("</svg>\n").toString();
    }

    /** A line through the points, and the points themselves while there are few. */
    private static void curve(StringBuilder svg, Line line, Frame frame) {
        StringBuilder points = new StringBuilder();
        for (Point point : line.points()) {
            points.append(Frame.format("%.1f,%.1f ", frame.x(point.epoch()), frame.y(point.value())));
        }
        svg.append(Frame.format(
                "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" stroke-linejoin=\"round\" points=\"%s\"/>%n",
                line.color(), points.toString().strip()));
        if (line.points().size() > 40) {
            return;
        }
        for (Point point : line.points()) {
            svg.append(Frame.format(
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2.5\" fill=\"%s\"><title>%s</title></circle>%n",
                    frame.x(point.epoch()),
                    frame.y(point.value()),
                    line.color(),
                    Html.escape(line.name() + ", epoch " + point.epoch() + ": " + Html.number(point.value()))));
        }
    }

    private void legend(StringBuilder svg) {
        double x = Frame.RIGHT;
        for (int i = lines.size() - 1; i >= 0; i--) {
            Line line = lines.get(i);
            if (line.name().isEmpty()) {
                continue;
            }
            svg.append(Frame.text(x, 18, "end", "tick", line.name()));
            x -= 7 * line.name().length() + 6;
            svg.append(Frame.format(
                    "<line x1=\"%.1f\" y1=\"14\" x2=\"%.1f\" y2=\"14\" stroke=\"%s\" stroke-width=\"3\"/>%n",
                    x - 16, x, line.color()));
            x -= 28;
        }
    }
}
