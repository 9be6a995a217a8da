package dev.starling.jobs.figure;

import dev.starling.driver.data.PreparedData;
import dev.starling.worker.data.Split;
import dev.starling.worker.data.Target;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYChart;

/** Examples of the split that says most (test, else validation, else train) where the first two outputs of a layer put them. */
final class CodesFigure {
    private static final int MOST_ROWS = 4000;

    private CodesFigure() {}

    static byte[] png(Drawn drawn, String layer) {
        PreparedData data = drawn.classes();
        Split split = split(data);
        Rows rows = Rows.of(data, split, MOST_ROWS);
        Model encoder = Model.upTo(layer, drawn);
        int width = encoder.outputs();
        float[] codes = encoder.outputs(rows.features());
        Target target = data.preparation().target();
        List<String> groups = rows.groups(target);
        List<Points> points = new ArrayList<>();
        groups.forEach(group -> points.add(new Points()));
        for (int row = 0; row < rows.count(); row++) {
            points.get(rows.group(row, target)).add(codes[row * width], codes[row * width + 1]);
        }
        XYChart chart = Chart.empty(split.label() + " by " + layer, layer + " 1", layer + " 2");
        chart.getStyler().setMarkerSize(rows.count() > 500 ? 4 : 9);
        for (int i = 0; i < groups.size(); i++) {
            Chart.points(chart, groups.get(i), points.get(i), Chart.color(i));
        }
        return Chart.png(List.of(chart));
    }

    static Split split(PreparedData data) {
        return data.has(Split.TEST) ? Split.TEST : data.has(Split.VALIDATION) ? Split.VALIDATION : Split.TRAIN;
    }
}
