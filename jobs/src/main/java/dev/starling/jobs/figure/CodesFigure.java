package dev.starling.jobs.figure;

import dev.starling.driver.data.PreparedData;
import dev.starling.worker.data.Split;
import dev.starling.worker.data.Target;
import dev.starling.worker.inspection.PrincipalComponents;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYChart;

/** Examples of the split that says most (test, else validation, else train) where the first two outputs of a layer put them; on request beside where principal components do. */
final class CodesFigure {
    private static final int MOST_ROWS = 4000;

    private CodesFigure() {}

    static byte[] png(Drawn drawn, FigureSpec.Codes wanted) {
        PreparedData data = drawn.classes();
        Split split = split(data);
        Rows rows = Rows.of(data, split, MOST_ROWS);
        Target target = data.preparation().target();
        Model encoder = Model.upTo(wanted.layer(), drawn);
        float[] codes = encoder.outputs(rows.features());
        int width = encoder.outputs();
        String layer = wanted.layer();
        if (!wanted.pca()) {
            return Chart.png(List.of(chart(rows, target, split.label() + " by " + layer, layer + " ", codes, width)));
        }
        boolean whole = width == 2;
        String inside = split.label() + " by " + (whole ? layer : "principal components of " + layer);
        XYChart inner = chart(rows, target, inside, whole ? layer + " " : "component ", plane(codes, width), 2);
        String title = split.label() + " by principal components of the inputs";
        return Chart.png(
                List.of(inner, chart(rows, target, title, "component ", plane(rows.features(), rows.inputs()), 2)));
    }

    /** Rows × 2: as they are, or along the two directions of greatest variance. */
    private static float[] plane(float[] values, int width) {
        return width == 2 ? values : PrincipalComponents.fit(values, width, 2).project(values);
    }

    /** The first two of each row's values. */
    private static XYChart chart(Rows rows, Target target, String title, String axis, float[] values, int width) {
        List<String> groups = rows.groups(target);
        List<Points> points = new ArrayList<>();
        groups.forEach(group -> points.add(new Points()));
        for (int row = 0; row < rows.count(); row++) {
            points.get(rows.group(row, target)).add(values[row * width], values[row * width + 1]);
        }
        XYChart chart = Chart.empty(title, axis + 1, axis + 2);
        chart.getStyler().setMarkerSize(rows.count() > 500 ? 4 : 9);
        for (int i = 0; i < groups.size(); i++) {
            Chart.points(chart, groups.get(i), points.get(i), Chart.color(i));
        }
        return chart;
    }

    static Split split(PreparedData data) {
        return data.has(Split.TEST) ? Split.TEST : data.has(Split.VALIDATION) ? Split.VALIDATION : Split.TRAIN;
    }
}
