package dev.starling.driver.selection.crossvalidation;

import dev.starling.driver.selection.pool.UnitFailure;

/** Who wants to know how folds go, while they do. One call at a time, on threads of the pool. */
public interface CrossValidationListener {
    void finished(FoldResult fold);

    /** @param fold from 0 */
    void failed(int fold, UnitFailure failure);

    CrossValidationListener NONE = new CrossValidationListener() {
        @Override
        public void finished(FoldResult fold) {}

        @Override
        public void failed(int fold, UnitFailure failure) {}
    };
}
