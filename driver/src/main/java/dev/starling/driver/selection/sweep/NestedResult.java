package dev.starling.driver.selection.sweep;

import dev.starling.driver.selection.crossvalidation.CrossValidationResult;
import dev.starling.driver.selection.search.SweepResult;
import java.util.List;

/**
 * A cross-validation, and what was searched inside its folds.
 *
 * @param folds each scored by a model that its own search chose
 * @param searches fold by fold; empty where nothing was searched
 */
public record NestedResult(CrossValidationResult folds, List<SweepResult> searches) {
    public NestedResult {
        searches = List.copyOf(searches);
    }
}
