package dev.starling.jobs.figure;

import dev.starling.worker.data.Split;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How charts look, and how they become PNG. */
final class Chart {
    /** Told apart by those who see few colours, too; in turn where there are more series. */
    private static final List<Color> COLORS = List.of(
            new Color(0x2563a8),
            new Color(0xd9822b),
            new Color(0x3a8f4d),
            new Color(0xc23b3b),
            new Color(0x7b5ea7),
            new Color(0x8c6d46),
            new Color(0xd977b0),
            new Color(0x6f6f6f),
            new Color(0xb5b532),
            new Color(0x35b0c0));

    private Chart() {}

    /** The same in all pictures. */
    static Color color(Split split) {
        return switch (split) {
            case TRAIN -> color(0);
            case VALIDATION -> color(1);
            case TEST -> color(2);
        };
    }

    static Color color(int number) {
        return COLORS.get(number % COLORS.size());
    }

    /** @param share of the colour, 0 to 1; the rest is white */
    static Color light(Color color, double share) {
        return new Color(mixed(color.getRed(), share), mixed(color.getGreen(), share), mixed(color.getBlue(), share));
    }

    private static int mixed(int value, double share) {
        return (int) Math.round(255 - (255 - value) * Math.min(1, Math.max(0, share)));
    }

    static XYChart empty(String title, String across, String up) {
        Fonts.withoutDisplay();
        XYChart chart = new XYChartBuilder()
                .width(640)
                .height(560)
                .title(title)
                .xAxisTitle(across)
                .yAxisTitle(up)
                .theme(ChartTheme.XChart)
                .build();
        chart.getStyler()
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(true)
                .setLegendPosition(LegendPosition.OutsideE)
                .setLegendBorderColor(Color.WHITE)
                .setMarkerSize(7);
        chart.getStyler().setXAxisTickMarkSpacingHint(90);
        chart.getStyler().setPlotGridLinesColor(new Color(0xe6e6e6));
        return chart;
    }

    /** Holds the plot to a range, as a picture whose background fills it needs it. */
    static void limit(XYChart chart, Range across, Range up) {
        chart.getStyler()
                .setXAxisMin(across.least())
                .setXAxisMax(across.most())
                .setYAxisMin(up.least())
                .setYAxisMax(up.most())
                .setPlotContentSize(1);
    }

    static void line(XYChart chart, String name, double[] across, double[] up, Color color) {
        XYSeries series = chart.addSeries(name, across, up);
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(color);
        series.setLineStyle(new BasicStroke(2f));
    }

    /** From point to point, each with a small mark; not in the legend. */
    static void path(XYChart chart, String name, Points points, Color color) {
        XYSeries series = chart.addSeries(name, points.across(), points.up());
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(light(color, 0.6));
        series.setLineStyle(new BasicStroke(1.5f));
        series.setShowInLegend(false);
    }

    static void points(XYChart chart, String name, Points points, Color color) {
        if (points.isEmpty()) {
            return;
        }
        XYSeries series = chart.addSeries(name, points.across(), points.up());
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        series.setMarker(SeriesMarkers.CIRCLE);
        series.setMarkerColor(color);
    }

    static byte[] png(List<XYChart> charts) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            BitmapEncoder.saveBitmap(charts, 1, charts.size(), out, BitmapFormat.PNG);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write a picture: " + e.getMessage(), e);
        }
    }
}
