package dev.starling.jobs.figure;

import dev.starling.worker.data.Feature;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.Split;
import dev.starling.worker.data.Target;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;

/**
 * The plane of two inputs, in their own units, coloured by what the network says: of one output its value in steps of a tenth, of several the greatest; and examples over it.
 * Where the colour of one output turns, it is a half.
 */
final class BoundaryFigure {
    private static final int CELLS = 120;
    private static final int STEPS = 10;
    private static final int MOST_ROWS = 2000;

    private BoundaryFigure() {}

    static byte[] png(Drawn drawn) {
        List<Feature> features = drawn.data().preparation().features();
        Feature.Numeric first = (Feature.Numeric) features.get(0);
        Feature.Numeric second = (Feature.Numeric) features.get(1);
        List<Rows> splits = Arrays.stream(Split.values())
                .filter(drawn.data()::has)
                .map(split -> Rows.of(drawn.data(), split, MOST_ROWS))
                .toList();
        Range across = Range.around(column(splits, 0, first));
        Range up = Range.around(column(splits, 1, second));
        XYChart chart = Chart.empty("What the network says", first.name(), second.name());
        Chart.limit(chart, across, up);
        paint(chart, drawn, new Plane(drawn.data().preparation(), across, up));
        examples(chart, drawn, splits, first, second);
        return Chart.png(List.of(chart));
    }

    private record Plane(Preparation preparation, Range across, Range up) {
        /** Prepared inputs of all cells, row by row. */
        float[] inputs() {
            int width = preparation.featureSize();
            float[] inputs = new float[width * CELLS * CELLS];
            for (int cell = 0; cell < CELLS * CELLS; cell++) {
                double[] own = {across.middle(cell % CELLS, CELLS), up.middle(cell / CELLS, CELLS)};
                Inputs.write(preparation, own, inputs, cell * width);
            }
            return inputs;
        }
    }

    private static void paint(XYChart chart, Drawn drawn, Plane plane) {
        Model model = Model.of(drawn);
        int width = model.outputs();
        float[] outputs = model.outputs(plane.inputs());
        TreeMap<Integer, Points> areas = new TreeMap<>();
        for (int cell = 0; cell < CELLS * CELLS; cell++) {
            int area = width == 1 ? step(outputs[cell]) : greatest(outputs, cell * width, width);
            areas.computeIfAbsent(area, a -> new Points())
                    .add(plane.across().middle(cell % CELLS, CELLS), plane.up().middle(cell / CELLS, CELLS));
        }
        areas.forEach((area, points) -> {
            XYSeries series = chart.addSeries("area " + area, points.across(), points.up());
            series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
            series.setMarker(new Cell(CELLS));
            series.setMarkerColor(width == 1 ? shade(area) : Chart.light(Chart.color(area), 0.3));
            series.setShowInLegend(false);
        });
    }

    private static void examples(
            XYChart chart, Drawn drawn, List<Rows> splits, Feature.Numeric first, Feature.Numeric second) {
        Target target = drawn.data().preparation().target();
        List<String> groups = splits.get(0).groups(target);
        List<Points> points = new ArrayList<>();
        groups.forEach(group -> points.add(new Points()));
        for (Rows rows : splits) {
            for (int row = 0; row < rows.count(); row++) {
                int group = Math.max(0, rows.group(row, target));
                points.get(Math.min(group, points.size() - 1))
                        .add(own(first, rows.row(row)[0]), own(second, rows.row(row)[1]));
            }
        }
        for (int i = 0; i < groups.size(); i++) {
            Chart.points(chart, groups.get(i), points.get(i), Chart.color(i));
        }
    }

    private static double[] column(List<Rows> splits, int number, Feature.Numeric feature) {
        return splits.stream()
                .flatMapToDouble(
                        rows -> IntStream.range(0, rows.count()).mapToDouble(i -> own(feature, rows.row(i)[number])))
                .toArray();
    }

    private static double own(Feature.Numeric feature, float scaled) {
        return feature.offset() + scaled * feature.divisor();
    }

    private static int step(float output) {
        return (int) Math.min(STEPS - 1, Math.max(0, Math.floor(output * STEPS)));
    }

    /** From the first class's colour by white to the second's. */
    private static Color shade(int step) {
        double from = 2.0 * (step + 0.5) / STEPS - 1;
        return Chart.light(Chart.color(from < 0 ? 0 : 1), 0.08 + 0.4 * Math.abs(from));
    }

    private static int greatest(float[] values, int from, int count) {
        int best = 0;
        for (int i = 1; i < count; i++) {
            best = values[from + i] > values[from + best] ? i : best;
        }
        return best;
    }
}
