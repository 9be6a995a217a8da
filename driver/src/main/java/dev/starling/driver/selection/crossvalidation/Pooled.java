package dev.starling.driver.selection.crossvalidation;

import dev.starling.driver.selection.pool.UnitResult.Predictions;
import dev.starling.worker.metrics.ClassTable;
import dev.starling.worker.metrics.Scoring;
import dev.starling.worker.metrics.Totals;
import dev.starling.worker.network.Loss;
import java.util.List;
import java.util.Optional;

/** All out-of-fold predictions of the first repeat as one evaluation, in which each row is predicted once, by a model that never saw it. */
record Pooled(Optional<ClassTable> table, Optional<Roc> roc) {
    static Pooled of(List<String> classes, List<FoldResult> folds) {
        return ofAll(
                classes,
                folds.stream()
                        .filter(fold -> fold.repeat() == 1)
                        .map(FoldResult::predictions)
                        .toList());
    }

    static Pooled ofAll(List<String> classes, List<Predictions> all) {
        if (classes.isEmpty()) {
            return new Pooled(Optional.empty(), Optional.empty());
        }
        int width = all.get(0).width();
        Loss loss = width == 1 ? Loss.BINARY_CROSSENTROPY : Loss.CATEGORICAL_CROSSENTROPY;
        Totals totals = new Scoring.Classification(loss, width, classes).zero();
        Roc.Points points = new Roc.Points();
        for (Predictions predictions : all) {
            int rows = predictions.targets().length;
            float[] targets = new float[rows * width];
            for (int row = 0; row < rows; row++) {
                int c = (int) predictions.targets()[row];
                if (width == 1) {
                    targets[row] = c;
                } else {
                    targets[row * width + c] = 1;
                }
                points.add(predictions.outputs()[row * width + width - 1], c == 1);
            }
            totals.add(predictions.outputs(), targets, rows);
        }
        return new Pooled(totals.metrics(0).classes(), classes.size() == 2 ? points.roc() : Optional.empty());
    }
}
