package dev.starling.driver.selection.crossvalidation;

import dev.starling.driver.selection.pool.UnitFailure;
import dev.starling.worker.InvalidInput;
import java.util.SortedMap;
import java.util.TreeMap;

/** Some folds of a cross-validation failed; all others are finished. The message stands alone. */
public final class FoldsFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient SortedMap<Integer, UnitFailure> failures;

    private FoldsFailed(String message, SortedMap<Integer, UnitFailure> failures) {
        super(message);
        this.failures = new TreeMap<>(failures);
    }

    /** Invalid input where that is the cause of the first failure, as it then is of all. */
    public static RuntimeException of(FoldPlan plan, SortedMap<Integer, UnitFailure> failures) {
        int first = failures.firstKey();
        UnitFailure failure = failures.get(first);
        if (failure.cause() == UnitFailure.Cause.INVALID) {
            return new InvalidInput(failure.message());
        }
        return new FoldsFailed(
                "Cannot cross-validate: " + failures.size() + " of " + plan.size() + " folds failed; "
                        + plan.label(first) + ": " + failure.message(),
                failures);
    }

    /** By the folds' index. */
    public SortedMap<Integer, UnitFailure> failures() {
        return failures;
    }
}
