package dev.starling.jobs.command;

import dev.starling.driver.data.DataSpec;
import dev.starling.driver.data.RawData;
import dev.starling.driver.data.SourceSpec;
import dev.starling.driver.selection.pool.Recipe;
import dev.starling.driver.selection.search.Objective.Measured;
import dev.starling.driver.selection.sweep.TrialRows;
import dev.starling.jobs.experiment.DataKeys;
import dev.starling.jobs.experiment.Experiment;
import dev.starling.jobs.experiment.ExperimentParser;
import dev.starling.jobs.figure.Figures;
import dev.starling.worker.InvalidInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A sweep's data, and which rows its trials learn from and are measured on. Where the space has keys by which the sources are read otherwise, every reading is open beside the experiment's own, which is the first; all have
 * the same rows.
 */
final class SweepData implements AutoCloseable {
    private final Experiment experiment;
    private final List<RawData> open = new ArrayList<>();
    private final Map<DataSpec, Integer> numbers = new HashMap<>();
    private final Map<DataSpec, List<String>> refused = new HashMap<>();
    private final TrialRows rows;

    private SweepData(Experiment experiment, RawData own, TrialRows rows) {
        this.experiment = experiment;
        this.rows = rows;
        add(experiment.data(), own);
    }

    /** @return to be closed */
    static SweepData open(Cluster cluster, Experiment experiment) {
        SweepData data = own(cluster, experiment);
        try {
            for (List<String> overrides : DataKeys.readings(experiment)) {
                data.read(cluster, overrides);
            }
            return data;
        } catch (RuntimeException e) {
            data.close();
            throw e;
        }
    }

    private static SweepData own(Cluster cluster, Experiment experiment) {
        if (experiment.sweep().orElseThrow().objective().measured() == Measured.MEAN) {
            FoldData folds = FoldData.open(cluster, experiment, experiment);
            return new SweepData(experiment, folds.data(), TrialRows.folds(folds.plan()));
        }
        RawData data = RawData.open(cluster.context(), experiment.data(), experiment.loss(), experiment.seed());
        boolean outputs = Figures.asksForOutputs(experiment.figures());
        return new SweepData(experiment, data, outputs ? TrialRows.telling(data) : TrialRows.validating(data));
    }

    private void add(DataSpec spec, RawData data) {
        numbers.put(spec, open.size());
        open.add(data);
    }

    /** What cannot be read so is told by the trials that ask for it. */
    private void read(Cluster cluster, List<String> overrides) {
        if (!(experiment.data().train() instanceof SourceSpec.Csv)) {
            throw new InvalidInput("Cannot search " + overrides.get(0).replaceFirst("=.*", "")
                    + ": the data have no columns (expected a csv source)");
        }
        DataSpec spec;
        try {
            spec = key(ExperimentParser.trial(experiment.resolved(), overrides, experiment.origins()));
        } catch (InvalidInput e) {
            return; // Such a trial is invalid, whatever its data.
        }
        if (numbers.containsKey(spec) || refused.containsKey(spec)) {
            return;
        }
        try {
            RawData data = RawData.open(cluster.context(), spec, experiment.loss(), experiment.seed());
            add(spec, data);
            requireSameRows(data);
        } catch (InvalidInput e) {
            refused.put(spec, e.problems());
        }
    }

    /** Trials are compared on the same rows. */
    private void requireSameRows(RawData data) {
        RawData own = own();
        boolean alike = data.rows() == own.rows() && data.classes().equals(own.classes());
        if (!alike || (!own.classes().isEmpty() && !Arrays.equals(data.classOfRow(), own.classOfRow()))) {
            throw new InvalidInput(
                    "Cannot compare a trial on data of " + data.rows() + " rows (expected the " + own.rows()
                            + " of the experiment's own, with the same targets; missing.policy drop leaves rows out)");
        }
    }

    private DataSpec key(Experiment trial) {
        return trial.data().fittedAs(experiment.data());
    }

    /**
     * What a trial trains, on its data.
     *
     * @throws InvalidInput if its data cannot be read or compared
     */
    Recipe recipe(Experiment trial) {
        DataSpec spec = key(trial);
        if (refused.containsKey(spec)) {
            throw new InvalidInput(refused.get(spec));
        }
        return trial.recipe().on(numbers.getOrDefault(spec, 0));
    }

    /** The experiment's own. */
    RawData own() {
        return open.get(0);
    }

    /** By their numbers in recipes. */
    List<RawData> all() {
        return List.copyOf(open);
    }

    TrialRows rows() {
        return rows;
    }

    @Override
    public void close() {
        open.forEach(RawData::close);
    }
}
