package dev.starling.driver.selection.crossvalidation;

import dev.starling.driver.selection.folds.FoldSpec;

/**
 * What an experiment's {@code crossValidation} says.
 *
 * @param nested whether something is chosen inside each fold
 * @param keepModels whether each fold's model is stored
 */
public record CrossValidationSpec(FoldSpec folds, boolean nested, boolean keepModels) {
    public static final CrossValidationSpec DEFAULT = new CrossValidationSpec(FoldSpec.of(5), false, false);
}
