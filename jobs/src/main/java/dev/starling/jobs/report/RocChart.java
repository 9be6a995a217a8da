package dev.starling.jobs.report;

import dev.starling.driver.selection.crossvalidation.Roc;
import java.util.Locale;

/** A receiver operating characteristic as SVG, with the line of chance. */
final class RocChart {
    private static final int SIZE = 320;
    private static final int LEFT = 50;
    private static final int TOP = 34;
    private static final int SIDE = 240;

    private RocChart() {}

    static String svg(Roc roc) {
        StringBuilder points = new StringBuilder();
        for (Roc.Point point : roc.points()) {
            points.append(format("%.1f,%.1f ", x(point.falsePositives()), y(point.truePositives())));
        }
        return format(
                        "<svg viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" aria-label=\"ROC\">\n",
                        SIZE, SIZE, SIZE, SIZE)
                + format("<text class=\"title\" x=\"%d\" y=\"18\">ROC, area %.4f</text>\n", LEFT, roc.auc())
                + format(
                        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" class=\"axis\"/>\n",
                        LEFT, TOP, SIDE, SIDE)
                + format(
                        "<line class=\"grid\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
                        x(0), y(0), x(1), y(1))
                + format(
                        "<polyline fill=\"none\" stroke=\"#2563a8\" stroke-width=\"2\" points=\"%s\"/>\n",
                        points.toString().strip())
                + ticks()
                + "</svg>\n";
    }

    private static String ticks() {
        StringBuilder ticks = new StringBuilder();
        for (double at : new double[] {0, 0.5, 1}) {
            ticks.append(format(
                    "<text class=\"tick\" text-anchor=\"middle\" x=\"%.1f\" y=\"%.1f\">%.1f</text>\n",
                    x(at), y(0) + 16, at));
            ticks.append(format(
                    "<text class=\"tick\" text-anchor=\"end\" x=\"%.1f\" y=\"%.1f\">%.1f</text>\n",
                    x(0) - 6, y(at) + 4, at));
        }
        return ticks.append(format(
                        "<text class=\"tick\" text-anchor=\"middle\" x=\"%.1f\" y=\"%.1f\">false positives</text>\n",
                        x(0.5), y(0) + 34))
                .toString();
    }

    private static double x(double share) {
        return LEFT + share * SIDE;
    }

    private static double y(double share) {
        return TOP + (1 - share) * SIDE;
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
