package dev.starling.jobs.experiment;

import dev.starling.jobs.experiment.tree.Choices;
import java.util.Arrays;
import java.util.List;

/** The metrics beside the loss, by their names in metrics.json. */
enum MetricName {
    ACCURACY("accuracy", true),
    TOP5("top5", true),
    PRECISION("precision", true),
    RECALL("recall", true),
    F1("f1", true),
    AUC("auc", true),
    MSE("mse", false),
    RMSE("rmse", false),
    MAE("mae", false),
    R2("r2", false);

    static final String LOSS = "loss";
    static final Choices<MetricName> CHOICES = choices();

    private final String label;
    private final boolean ofClasses;

    MetricName(String label, boolean ofClasses) {
        this.label = label;
        this.ofClasses = ofClasses;
    }

    String label() {
        return label;
    }

    /** Whether it compares classes; the others compare numbers. */
    boolean ofClasses() {
        return ofClasses;
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(MetricName::label).toList();
    }

    private static Choices<MetricName> choices() {
        Choices<MetricName> choices = Choices.none();
        for (MetricName metric : values()) {
            choices = choices.word(metric.label, metric);
        }
        return choices;
    }
}
