package dev.starling.driver.selection.search.halving;

import dev.starling.driver.selection.search.space.Flaw;
import java.util.Optional;

/** When a trial that does badly is given up. */
public sealed interface EarlyTermination {
    /** @param epochs of a whole trial */
    Course begin(int epochs);

    /** Why it does not fit trials of so many epochs. */
    default Optional<Flaw> flaw(int epochs) {
        return Optional.empty();
    }

    private static Optional<Flaw> flaw(int minEpochs, int epochs) {
        return minEpochs <= epochs
                ? Optional.empty()
                : Optional.of(new Flaw("minEpochs " + minEpochs, "at most training.epochs, " + epochs));
    }

    /** Never. */
    record None() implements EarlyTermination {
        @Override
        public Course begin(int epochs) {
            return new Straight(epochs);
        }
    }

    /**
     * A trial ends where its best loss so far is worse than the median of what the finished trials had on average up to that epoch. Source: Golovin et al., "Google Vizier", KDD 2017, 3.2.
     *
     * @param minEpochs before the first look
     * @param every epochs from look to look
     * @param minTrials finished before any is ended
     */
    record Median(int minEpochs, int every, int minTrials) implements EarlyTermination {
        @Override
        public Course begin(int epochs) {
            return new MedianCourse(this, epochs);
        }

        @Override
        public Optional<Flaw> flaw(int epochs) {
            return EarlyTermination.flaw(minEpochs, epochs);
        }
    }

    /**
     * Asynchronous successive halving: of the trials that reached a rung, the best part goes on to the next, each as soon as it is among them. Source: Li et al., "A System for Massively
     * Parallel Hyperparameter Tuning", MLSys 2020, algorithm 2; the rungs are counted from the top: all epochs, and each time the reduction'th part of them.
     *
     * @param minEpochs of the lowest rung, at least
     * @param reduction one of so many goes on, at least 2
     */
    record Asha(int minEpochs, int reduction) implements EarlyTermination {
        @Override
        public Course begin(int epochs) {
            return new Halving(Brackets.asha(epochs, minEpochs, reduction), reduction);
        }

        @Override
        public Optional<Flaw> flaw(int epochs) {
            return EarlyTermination.flaw(minEpochs, epochs);
        }
    }

    /**
     * Successive halving from several lowest rungs side by side, in case the first epochs tell little. Source: Li et al., "Hyperband", JMLR 18, 2018, algorithm 1, for which trial belongs to
     * which bracket; inside a bracket trials go on asynchronously, as with {@link Asha}.
     *
     * @param minEpochs of the lowest rung of all, at least
     * @param reduction one of so many goes on, at least 2
     */
    record Hyperband(int minEpochs, int reduction) implements EarlyTermination {
        @Override
        public Course begin(int epochs) {
            return new Halving(Brackets.hyperband(epochs, minEpochs, reduction), reduction);
        }

        @Override
        public Optional<Flaw> flaw(int epochs) {
            return EarlyTermination.flaw(minEpochs, epochs);
        }
    }
}
