package dev.starling.driver.selection.sweep;

import dev.starling.driver.files.StoreFiles;
import java.util.Optional;

/** Where the searches inside folds are kept. */
public interface NestedStore {
    /** The folder of a fold, from 0, for its journal and the states of trials that pause; empty where nothing is kept. */
    Optional<StoreFiles> folder(int fold);

    /** Of the trials of a fold. */
    TrialResults results(int fold);

    NestedStore NONE = new NestedStore() {
        @Override
        public Optional<StoreFiles> folder(int fold) {
            return Optional.empty();
        }

        @Override
        public TrialResults results(int fold) {
            return (assignment, result) -> {};
        }
    };
}
