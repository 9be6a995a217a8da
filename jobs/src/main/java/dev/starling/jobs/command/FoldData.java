package dev.starling.jobs.command;

import dev.starling.driver.data.RawData;
import dev.starling.driver.data.SourceSpec;
import dev.starling.driver.selection.crossvalidation.CrossValidationSpec;
import dev.starling.driver.selection.crossvalidation.FoldPlan;
import dev.starling.jobs.experiment.Experiment;
import dev.starling.worker.InvalidInput;
import java.util.List;

/** An experiment's data and how they are laid into folds. */
record FoldData(RawData data, FoldPlan plan) implements AutoCloseable {
    /**
     * @param rule whose folds and seed they are
     * @return to be closed
     */
    static FoldData open(Cluster cluster, Experiment experiment, Experiment rule) {
        CrossValidationSpec spec = spec(rule);
        List<String> columns = spec.folds().columns();
        if (!columns.isEmpty() && !(experiment.data().train() instanceof SourceSpec.Csv)) {
            throw new InvalidInput("Cannot lay folds by column '" + columns.get(0)
                    + "': the data have no columns (expected a csv source)");
        }
        if (spec.folds().isBootstrap() && experiment.data().targetIsInput()) {
            throw new InvalidInput("Cannot cross-validate " + experiment.name()
                    + " by bootstrap samples: its target is its input (expected a target of its own, or folds)");
        }
        RawData data =
                RawData.open(cluster.context(), experiment.data().withAside(columns), experiment.loss(), rule.seed());
        try {
            return new FoldData(data, FoldPlan.of(data, spec.folds()));
        } catch (RuntimeException e) {
            data.close();
            throw e;
        }
    }

    static CrossValidationSpec spec(Experiment experiment) {
        return experiment.crossValidation().orElse(CrossValidationSpec.DEFAULT);
    }

    @Override
    public void close() {
        data.close();
    }
}
