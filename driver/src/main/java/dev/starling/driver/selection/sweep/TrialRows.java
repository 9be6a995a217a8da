package dev.starling.driver.selection.sweep;

import dev.starling.driver.data.RawData;
import dev.starling.driver.selection.crossvalidation.FoldPlan;
import dev.starling.driver.selection.pool.RowChoice;
import dev.starling.driver.selection.search.Objective.Measured;
import dev.starling.worker.data.Seeds;
import dev.starling.worker.data.Seeds.Purpose;

/** Which rows the trainings of a trial use. */
public interface TrialRows {
    /** Different ones; 1 unless there are folds. */
    int choices();

    RowChoice choice(int number);

    /** By which seed a training on such rows begins, in a trial with this one. */
    long seed(int number, long trial);

    /** Training and validation rows as the data are split; the test rows are in nobody's hands. */
    static TrialRows validating(RawData data) {
        RawData.Rows split = data.split();
        RowChoice choice = new RowChoice(split.train(), split.validation(), new int[0]);
        return new RuledRows(1, number -> choice, (number, trial) -> trial);
    }

    /** The same; what the trained networks say of the validation rows is wanted, too. */
    static TrialRows telling(RawData data) {
        RawData.Rows split = data.split();
        RowChoice choice = new RowChoice(split.train(), split.validation(), new int[0], split.validation());
        return new RuledRows(1, number -> choice, (number, trial) -> trial);
    }

    /** The folds of a cross-validation, each with a seed of its own as there. */
    static TrialRows folds(FoldPlan plan) {
        return new RuledRows(
                plan.size(),
                number -> withoutTest(plan.choice(number)),
                (number, trial) -> Seeds.derive(trial, Purpose.FOLD_TRAINING, number));
    }

    /**
     * Inside a fold of a cross-validation: its training rows alone, divided once more. None of the rows that the fold is scored on is among them.
     *
     * @param measured on what trials are compared
     */
    static TrialRows within(FoldPlan plan, int fold, Measured measured) {
        if (measured == Measured.MEAN) {
            FoldPlan inner = plan.within(fold);
            return new RuledRows(
                    inner.size(),
                    inner::choice,
                    (number, trial) -> Seeds.derive(trial, Purpose.FOLD_TRAINING, fold, number));
        }
        RowChoice choice = plan.choice(fold);
        RowChoice within = new RowChoice(choice.train(), choice.validation(), new int[0]);
        return new RuledRows(1, number -> within, (number, trial) -> Seeds.derive(trial, Purpose.FOLD_TRAINING, fold));
    }

    /** What chooses does not see test rows, not even to predict them. */
    private static RowChoice withoutTest(RowChoice rows) {
        return new RowChoice(rows.train(), rows.validation(), rows.scored());
    }
}
