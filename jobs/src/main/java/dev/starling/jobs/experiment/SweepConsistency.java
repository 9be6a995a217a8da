package dev.starling.jobs.experiment;

import dev.starling.driver.selection.search.Objective;
import dev.starling.driver.selection.search.Objective.Measured;
import dev.starling.driver.selection.search.SweepSpec;
import dev.starling.driver.selection.search.halving.EarlyTermination;
import dev.starling.jobs.experiment.tree.Reading;
import java.util.List;

/** What must fit between a sweep and the experiment that it changes. */
record SweepConsistency(Reading reading, SweepSpec sweep) {
    private static final String OBJECTIVE = "sweep.objective";
    private static final String TERMINATION = "sweep.earlyTermination";

    void check(List<String> metrics, int epochs) {
        Objective objective = sweep.objective();
        if (objective.measured() == Measured.VALIDATION && !reading.wasWritten("data.validation")) {
            reading.problemAt(
                    OBJECTIVE, objective.label() + " without validation data", "data.validation, or a value of mean");
        }
        if (objective.measured() == Measured.MEAN && !reading.wasWritten("crossValidation")) {
            reading.problemAt(
                    OBJECTIVE, objective.label() + " without folds", "crossValidation, or a value of validation");
        }
        if (!objective.metric().equals(MetricName.LOSS) && !metrics.contains(objective.metric())) {
            reading.problemAt(
                    OBJECTIVE, objective.metric() + ", which is not followed", "loss, or one of training.metrics");
        }
        sweep.space().parameters().forEach(p -> checkPath(p.path()));
        DataKeys.check(reading, sweep.space());
        sweep.flaw(epochs).ifPresent(f -> reading.problemAt(TERMINATION, f.found(), f.expected()));
        boolean ends = !(sweep.earlyTermination() instanceof EarlyTermination.None);
        if (ends && sweep.space().paths().contains("training.epochs")) {
            reading.problemAt(TERMINATION, "beside training.epochs in the space", "none, or trials of the same length");
        }
    }

    /** Trials train by one replica each. */
    private void checkPath(String path) {
        if (path.matches("(name|cluster|crossValidation|sweep|report)([.\\[].*)?")) {
            reading.problemAt(
                    "sweep.space." + path,
                    "a key that all trials share",
                    "a key of network or training, or seed; " + DataKeys.EXPECTED);
        }
    }
}
