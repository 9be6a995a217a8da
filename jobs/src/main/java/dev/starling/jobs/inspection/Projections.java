package dev.starling.jobs.inspection;

import dev.starling.driver.evaluation.Codes;
import dev.starling.worker.data.Split;
import dev.starling.worker.inspection.LinearClassifier;
import dev.starling.worker.inspection.PrincipalComponents;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;

/**
 * Codes, and beside them as many principal components of the same inputs.
 *
 * @param components of the fitted rows' inputs
 * @param separations where classes are known
 */
record Projections(
        Codes fitted,
        Codes shown,
        List<String> classes,
        PrincipalComponents components,
        float[] fittedComponents,
        float[] shownComponents,
        Optional<Separations> separations) {
    /** Beyond it components are of no use for a look, and take long. */
    private static final int MOST_COMPONENTS = 10;

    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setRecordSeparator("\n").build();

    /**
     * Share of the shown rows whose class a linear classifier finds that learned from the fitted rows.
     *
     * @param code from codes
     * @param components from as many principal components, ten at most
     */
    record Separations(double code, double components) {}

    static Projections of(Codes fitted, Codes shown, List<String> classes) {
        int count = Math.min(MOST_COMPONENTS, fitted.codeSize());
        PrincipalComponents components = PrincipalComponents.fit(fitted.features(), fitted.featureSize(), count);
        float[] first = components.project(fitted.features());
        float[] second = components.project(shown.features());
        Optional<Separations> separations = classes.isEmpty()
                ? Optional.empty()
                : Optional.of(new Separations(
                        LinearClassifier.fit(fitted.codes(), fitted.classes(), classes.size())
                                .accuracy(shown.codes(), shown.classes()),
                        LinearClassifier.fit(first, fitted.classes(), classes.size())
                                .accuracy(second, shown.classes())));
        return new Projections(fitted, shown, classes, components, first, second, separations);
    }

    /** {@code split,class,code1,…,pca1,…}: a line for each fitted row, then for each that is shown; class is empty where none is known. */
    String csv(Split split) {
        StringBuilder csv = new StringBuilder("split,class");
        for (int i = 1; i <= fitted.codeSize(); i++) {
            csv.append(",code").append(i);
        }
        for (int i = 1; i <= components.components().length; i++) {
            csv.append(",pca").append(i);
        }
        csv.append('\n');
        lines(csv, Split.TRAIN, fitted, fittedComponents);
        if (split != Split.TRAIN) {
            lines(csv, split, shown, shownComponents);
        }
        return csv.toString();
    }

    private void lines(StringBuilder csv, Split split, Codes rows, float[] projected) {
        int width = components.components().length;
        for (int row = 0; row < rows.rows(); row++) {
            String name = classes.isEmpty() ? "" : classes.get(rows.classes()[row]);
            csv.append(FORMAT.format(split.label(), name));
            append(csv, rows.codes(), row, rows.codeSize());
            append(csv, projected, row, width);
            csv.append('\n');
        }
    }

    private static void append(StringBuilder csv, float[] values, int row, int width) {
        for (int i = 0; i < width; i++) {
            csv.append(',').append(values[row * width + i]);
        }
    }
}
