package dev.starling.jobs.experiment;

import dev.starling.driver.data.DataSpec;
import dev.starling.driver.data.SourceSpec;
import dev.starling.jobs.experiment.tree.Reading;
import dev.starling.worker.data.Scale;
import dev.starling.worker.data.Split;
import dev.starling.worker.gang.TrainingSpec;
import dev.starling.worker.network.LabelSmoothing;
import dev.starling.worker.network.Loss;
import java.util.List;

/** What must fit between sections, as far as no data are needed to tell. */
record Consistency(Reading reading, Loss loss, boolean targetIsInput) {
    void check(DataSpec data, LabelSmoothing smoothing, List<String> metrics, TrainingSpec training) {
        checkTarget(data);
        checkEmbeddings(data);
        if (smoothing.amount() > 0 && !loss.isCrossEntropy()) {
            reading.problemAt("training.labelSmoothing", "beside " + loss.label(), "a cross-entropy as the loss");
        }
        checkUnlabelled(data, training);
        for (int i = 0; i < metrics.size(); i++) {
            checkMetric(
                    "training.metrics[" + i + "]",
                    metrics.get(i),
                    data.classEmbeddings().isPresent());
        }
        training.earlyStopping().ifPresent(stopping -> {
            String monitor = "training.earlyStopping.monitor";
            boolean validation = stopping.split().equals(Split.VALIDATION.label());
            // Not data.validation(), which is empty, too, where the key has problems of its own.
            if (validation && !reading.wasWritten("data.validation")) {
                reading.problemAt(
                        monitor,
                        stopping.split() + "." + stopping.metric() + " without validation data",
                        "data.validation, or a value of train");
            }
            boolean followed = stopping.metric().equals(MetricName.LOSS) || metrics.contains(stopping.metric());
            if (!followed && MetricName.labels().contains(stopping.metric())) {
                reading.problemAt(
                        monitor, stopping.metric() + ", which is not followed", "loss, or one of training.metrics");
            }
        });
    }

    private void checkUnlabelled(DataSpec data, TrainingSpec training) {
        boolean written = reading.wasWritten("data.pseudoLabels");
        if (data.unlabelled().isPresent() && training.pretraining().isEmpty() && !written) {
            reading.problemAt(
                    "data.unlabelled",
                    "without training.pretraining",
                    "pre-training, or data.pseudoLabels, which alone learn from it");
        }
        boolean all = data.pseudoLabels().stream().anyMatch(labels -> labels.labelled() == 0);
        if (all && !reading.wasWritten("data.unlabelled") && !reading.wasWritten("data.pseudoLabels.labelled")) {
            reading.problemAt(
                    "data.pseudoLabels",
                    "without examples that have no label",
                    "data.unlabelled, or labelled: how many training rows keep theirs");
        }
    }

    /** Points of classes are numbers, which a loss of numbers, or of shares, asks for. */
    private void checkEmbeddings(DataSpec data) {
        String key = "data.classEmbeddings";
        if (data.classEmbeddings().isEmpty()) {
            return;
        }
        if (targetIsInput) {
            reading.problemAt(key, "beside targetIsInput", "a target of classes");
        }
        if (loss == Loss.CATEGORICAL_CROSSENTROPY || loss == Loss.PERCEPTRON) {
            reading.problemAt(key, "beside " + loss.label(), "meanSquaredError, or another loss of numbers");
        }
        if (data.train() instanceof SourceSpec.Csv csv && csv.target().size() > 1) {
            reading.problemAt(
                    "data.train.target",
                    "several columns beside classEmbeddings",
                    "one column, as the target is classes");
        }
    }

    private void checkTarget(DataSpec data) {
        boolean scaled = !(data.targetScale() instanceof Scale.None);
        if (scaled && targetIsInput) {
            reading.problemAt(
                    "data.targetScale", "beside targetIsInput", "scale alone, which is then the target's too");
        } else if (scaled && loss.isCrossEntropy()) {
            reading.problemAt("data.targetScale", "beside " + loss.label(), "none, as the target is classes");
        }
        if (targetIsInput && loss == Loss.CATEGORICAL_CROSSENTROPY) {
            reading.problemAt(
                    "training.loss",
                    loss.label() + " beside targetIsInput",
                    "binaryCrossentropy, meanSquaredError or meanAbsoluteError");
        }
        if (targetIsInput && loss == Loss.BINARY_CROSSENTROPY && !isFraction(data)) {
            reading.problemAt(
                    "data.scale",
                    "no scale to [0, 1] beside binaryCrossentropy of the input",
                    "minMax or {divideBy: …}");
        }
        boolean several =
                data.train() instanceof SourceSpec.Csv csv && csv.target().size() > 1;
        if (several && loss.isCrossEntropy() && !targetIsInput) {
            reading.problemAt(
                    "data.train.target",
                    "several columns beside " + loss.label(),
                    "one column, as the target is classes");
        }
    }

    /** Whether inputs may lie in [0, 1], where a cross-entropy with them as target has a meaning. */
    private static boolean isFraction(DataSpec data) {
        boolean bytes = data.train() instanceof SourceSpec.Idx && data.scale() instanceof Scale.None;
        return !(data.scale() instanceof Scale.Standardize) && !bytes;
    }

    private void checkMetric(String path, String name, boolean embedded) {
        boolean classes = (loss.isCrossEntropy() || embedded) && !targetIsInput;
        for (MetricName metric : MetricName.values()) {
            if (metric.label().equals(name) && metric.ofClasses() && !classes) {
                reading.problemAt(path, name + " of numbers", "a metric of numbers, or a cross-entropy as the loss");
            } else if (metric.label().equals(name) && !metric.ofClasses() && classes) {
                reading.problemAt(path, name + " of classes", "a metric of classes, or meanSquaredError as the loss");
            }
        }
    }
}
