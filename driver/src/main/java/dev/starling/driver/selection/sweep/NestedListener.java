package dev.starling.driver.selection.sweep;

import dev.starling.driver.selection.crossvalidation.CrossValidationListener;
import dev.starling.driver.selection.crossvalidation.FoldResult;
import dev.starling.driver.selection.pool.UnitFailure;
import dev.starling.driver.selection.search.SweepEvent;
import dev.starling.driver.selection.search.SweepResult;

/** Who wants to know how folds and the searches inside them go. One call at a time, on threads of the pool. */
public interface NestedListener extends CrossValidationListener {
    /**
     * Something happened to the search inside a fold, now or in an earlier session.
     *
     * @param fold from 0
     */
    void happened(int fold, SweepEvent event);

    /** The search inside a fold has found its best trial, which is now trained on all of the fold's training rows. */
    void chosen(int fold, SweepResult search);

    NestedListener NONE = new NestedListener() {
        @Override
        public void happened(int fold, SweepEvent event) {}

        @Override
        public void chosen(int fold, SweepResult search) {}

        @Override
        public void finished(FoldResult fold) {}

        @Override
        public void failed(int fold, UnitFailure failure) {}
    };
}
