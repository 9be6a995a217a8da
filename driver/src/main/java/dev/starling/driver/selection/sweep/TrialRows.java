package dev.starling.driver.selection.sweep;

import dev.starling.driver.data.RawData;
import dev.starling.driver.selection.crossvalidation.FoldPlan;
import dev.starling.driver.selection.pool.RowChoice;
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
        return new TrialRows() {
            @Override
            public int choices() {
                return 1;
            }

            @Override
            public RowChoice choice(int number) {
                return choice;
            }

            @Override
            public long seed(int number, long trial) {
                return trial;
            }
        };
    }

    /** The folds of a cross-validation, each with a seed of its own as there. */
    static TrialRows folds(FoldPlan plan) {
        return new TrialRows() {
            @Override
            public int choices() {
                return plan.size();
            }

            @Override
            public RowChoice choice(int number) {
                return plan.choice(number);
            }

            @Override
            public long seed(int number, long trial) {
                return Seeds.derive(trial, Purpose.FOLD_TRAINING, number);
            }
        };
    }
}
