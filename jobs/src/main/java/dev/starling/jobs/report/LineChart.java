package dev.starling.jobs.report;

import java.util.List;
import java.util.Locale;

/**
 * Curves over epochs, as SVG.
 *
 * @param title above the chart
 * @param lines at least one with a finite point
 */
record LineChart(String title, List<Line> lines) {
    private static final int WIDTH = 460;
    private static final int HEIGHT = 280;
    private static final int LEFT = 56;
    private static final int RIGHT = 14;
    private static final int TOP = 34;
    private static final int BOTTOM = 40;

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
        StringBuilder svg = new StringBuilder();
        svg.append(format(
                "<svg viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" aria-label=\"%s\">%n",
                WIDTH, HEIGHT, WIDTH, HEIGHT, Html.escape(title)));
        svg.append(text(LEFT, 18, "start", "title", title));
        grid(svg, across, up);
        for (Line line : lines) {
            curve(svg, line, across, up);
        }
        legend(svg);
        return svg.append("</svg>\n").toString();
    }

    private static void grid(StringBuilder svg, Axis across, Axis up) {
        for (double tick : up.ticks()) {
            double y = y(up, tick);
            svg.append(line("grid", LEFT, y, WIDTH - RIGHT, y));
            svg.append(text(LEFT - 7, y + 4, "end", "tick", up.label(tick)));
        }
        for (double tick : across.ticks()) {
            double x = x(across, tick);
            svg.append(line("axis", x, HEIGHT - BOTTOM, x, HEIGHT - BOTTOM + 4));
            svg.append(text(x, HEIGHT - BOTTOM + 17, "middle", "tick", across.label(tick)));
        }
        svg.append(line("axis", LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM));
        svg.append(text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 6, "middle", "tick", "epoch"));
    }

    /** A line through the points, and the points themselves while there are few. */
    private static void curve(StringBuilder svg, Line line, Axis across, Axis up) {
        StringBuilder points = new StringBuilder();
        for (Point point : line.points()) {
            points.append(format("%.1f,%.1f ", x(across, point.epoch()), y(up, point.value())));
        }
        svg.append(format(
                "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" stroke-linejoin=\"round\" points=\"%s\"/>%n",
                line.color(), points.toString().strip()));
        if (line.points().size() > 40) {
            return;
        }
        for (Point point : line.points()) {
            svg.append(format(
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2.5\" fill=\"%s\"><title>%s</title></circle>%n",
                    x(across, point.epoch()),
                    y(up, point.value()),
                    line.color(),
                    Html.escape(line.name() + ", epoch " + point.epoch() + ": " + Html.number(point.value()))));
        }
    }

    private void legend(StringBuilder svg) {
        double x = WIDTH - RIGHT;
        for (int i = lines.size() - 1; i >= 0; i--) {
            Line line = lines.get(i);
            if (line.name().isEmpty()) {
                continue;
            }
            svg.append(text(x, 18, "end", "tick", line.name()));
            x -= 7 * line.name().length() + 6;
            svg.append(format(
                    "<line x1=\"%.1f\" y1=\"14\" x2=\"%.1f\" y2=\"14\" stroke=\"%s\" stroke-width=\"3\"/>%n",
                    x - 16, x, line.color()));
            x -= 28;
        }
    }

    private static double x(Axis axis, double value) {
        return LEFT + axis.place(value) * (WIDTH - LEFT - RIGHT);
    }

    private static double y(Axis axis, double value) {
        return HEIGHT - BOTTOM - axis.place(value) * (HEIGHT - TOP - BOTTOM);
    }

    private static String line(String kind, double x1, double y1, double x2, double y2) {
        return format("<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n", kind, x1, y1, x2, y2);
    }

    private static String text(double x, double y, String anchor, String kind, String text) {
        return format(
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
                kind, x, y, anchor, Html.escape(text));
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern.replace("%n", "\n"), values);
    }
}
