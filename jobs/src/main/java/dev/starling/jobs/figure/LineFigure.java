package dev.starling.jobs.figure;

import dev.starling.worker.data.Feature;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.Split;
import dev.starling.worker.data.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;

/** The network's first output along its one input, both in their own units, and the examples. */
final class LineFigure {
    private static final int POINTS = 400;
    private static final int MOST_ROWS = 2000;

    private LineFigure() {}

    static byte[] png(Drawn drawn) {
        Feature.Numeric input =
                (Feature.Numeric) drawn.data().preparation().features().get(0);
        Target.Values target = (Target.Values) drawn.data().preparation().target();
        XYChart chart = Chart.empty(
                "What the network says", input.name(), target.names().get(0));
        List<double[]> seen = new ArrayList<>();
        for (Split split : Split.values()) {
            if (drawn.data().has(split)) {
                Points points = points(Rows.of(drawn.data(), split, MOST_ROWS), input, target);
                seen.add(points.across());
                Chart.points(chart, split.label(), points, Chart.color(split));
            }
        }
        Range across =
                Range.around(seen.stream().flatMapToDouble(Arrays::stream).toArray());
        double[] at = IntStream.range(0, POINTS)
                .mapToDouble(i -> across.middle(i, POINTS))
                .toArray();
        Chart.line(chart, "network", at, values(drawn, at, target), Chart.color(3));
        return Chart.png(List.of(chart));
    }

    private static double[] values(Drawn drawn, double[] at, Target.Values target) {
        Preparation preparation = drawn.data().preparation();
        int size = preparation.featureSize();
        float[] inputs = new float[at.length * size];
        for (int i = 0; i < at.length; i++) {
            Inputs.write(preparation, new double[] {at[i]}, inputs, i * size);
        }
        Model model = Model.of(drawn);
        float[] outputs = model.outputs(inputs);
        int width = model.outputs();
        return IntStream.range(0, at.length)
                .mapToDouble(i -> own(target, outputs[i * width]))
                .toArray();
    }

    private static Points points(Rows rows, Feature.Numeric input, Target.Values target) {
        Points points = new Points();
        for (int row = 0; row < rows.count(); row++) {
            points.add(
                    input.offset() + rows.row(row)[0] * input.divisor(),
                    own(target, rows.targets()[row * rows.stored()]));
        }
        return points;
    }

    private static double own(Target.Values target, float scaled) {
        return target.offsets().get(0) + scaled * target.divisors().get(0);
    }
}
