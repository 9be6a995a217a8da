package dev.starling.jobs.report;

import java.util.Locale;

/**
 * The ground of a chart: its title, its axes, and where a value lies on the picture.
 *
 * @param what runs across, under the axis
 */
record Frame(String title, Along across, Along up, String what) {
    private static final int WIDTH = 460;
    private static final int HEIGHT = 280;
    private static final int LEFT = 56;
    private static final int TOP = 34;
    private static final int BOTTOM = 40;

    static final int RIGHT = WIDTH - 14;

    /** The SVG as far as nothing is drawn into it. */
    String open() {
        StringBuilder svg = new StringBuilder(format(
                "<svg viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" aria-label=\"%s\">%n",
                WIDTH, HEIGHT, WIDTH, HEIGHT, Html.escape(title)));
        svg.append(text(LEFT, 18, "start", "title", title));
        for (double tick : up.ticks()) {
            svg.append(line("grid", LEFT, y(tick), RIGHT, y(tick)));
            svg.append(text(LEFT - 7, y(tick) + 4, "end", "tick", up.label(tick)));
        }
        for (double tick : across.ticks()) {
            svg.append(line("axis", x(tick), HEIGHT - BOTTOM, x(tick), HEIGHT - BOTTOM + 4));
            svg.append(text(x(tick), HEIGHT - BOTTOM + 17, "middle", "tick", across.label(tick)));
        }
        svg.append(line("axis", LEFT, HEIGHT - BOTTOM, RIGHT, HEIGHT - BOTTOM));
        return svg.append(text((LEFT + RIGHT) / 2.0, HEIGHT - 6, "middle", "tick", what))
                .toString();
    }

    double x(double value) {
        return LEFT + across.place(value) * (RIGHT - LEFT);
    }

    double y(double value) {
        return HEIGHT - BOTTOM - up.place(value) * (HEIGHT - TOP - BOTTOM);
    }

    private static String line(String kind, double x1, double y1, double x2, double y2) {
        return format("<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n", kind, x1, y1, x2, y2);
    }

    static String text(double x, double y, String anchor, String kind, String text) {
        return format(
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
                kind, x, y, anchor, Html.escape(text));
    }

    /** The same on every machine: points in numbers, line feeds at {@code %n}. */
    static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern.replace("%n", "\n"), values);
    }
}
