package dev.starling.jobs.command;

import dev.starling.driver.data.RawData;
import dev.starling.driver.selection.search.Objective.Measured;
import dev.starling.driver.selection.sweep.TrialRows;
import dev.starling.jobs.experiment.Experiment;
import dev.starling.jobs.figure.Figures;

/** A sweep's data, and which rows its trials learn from and are measured on. */
record SweepData(RawData data, TrialRows rows) implements AutoCloseable {
    /** @return to be closed */
    static SweepData open(Cluster cluster, Experiment experiment) {
        if (experiment.sweep().orElseThrow().objective().measured() == Measured.MEAN) {
            FoldData folds = FoldData.open(cluster, experiment, experiment);
            return new SweepData(folds.data(), TrialRows.folds(folds.plan()));
        }
        RawData data = RawData.open(cluster.context(), experiment.data(), experiment.loss(), experiment.seed());
        boolean outputs = Figures.asksForOutputs(experiment.figures());
        return new SweepData(data, outputs ? TrialRows.telling(data) : TrialRows.validating(data));
    }

    @Override
    public void close() {
        data.close();
    }
}
