package dev.starling.jobs.report;

import java.util.List;

/**
 * Points, and a line of steps where there is one, as SVG.
 *
 * @param dots those that come later lie above
 * @param steps places of a line that holds each value until the next one; empty for none
 */
record ScatterChart(Frame frame, List<Dot> dots, List<Step> steps) {
    ScatterChart {
        dots = List.copyOf(dots);
        steps = List.copyOf(steps);
    }

    /**
     * A point.
     *
     * @param color as CSS writes it
     * @param tip what it says when pointed at
     */
    record Dot(double x, double y, String color, double radius, String tip) {}

    record Step(double x, double y) {}

    String svg() {
        StringBuilder svg = new StringBuilder(frame.open());
        for (Dot dot : dots) {
            svg.append(Frame.format(
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\" fill-opacity=\"0.75\"><title>%s</title></circle>%n",
                    frame.x(dot.x()), frame.y(dot.y()), dot.radius(), dot.color(), Html.escape(dot.tip())));
        }
        if (!steps.isEmpty()) {
            svg.append(Frame.format(
                    "<polyline fill=\"none\" stroke=\"#2563a8\" stroke-width=\"2\" stroke-linejoin=\"round\" points=\"%s\"/>%n",
                    line()));
        }
        return svg.append("</svg>\n").toString();
    }

    private String line() {
        StringBuilder places =
                new StringBuilder(place(steps.get(0).x(), steps.get(0).y()));
        for (int i = 1; i < steps.size(); i++) {
            places.append(' ').append(place(steps.get(i).x(), steps.get(i - 1).y()));
            places.append(' ').append(place(steps.get(i).x(), steps.get(i).y()));
        }
        return places.toString();
    }

    private String place(double x, double y) {
        return Frame.format("%.1f,%.1f", frame.x(x), frame.y(y));
    }
}
