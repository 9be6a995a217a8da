package dev.starling.driver.selection.crossvalidation;

import dev.starling.driver.data.DataSpec.HeldOut;
import dev.starling.driver.data.RawData;
import dev.starling.driver.selection.folds.Fold;
import dev.starling.driver.selection.folds.FoldRows;
import dev.starling.driver.selection.folds.FoldSpec;
import dev.starling.driver.selection.folds.Folds;
import dev.starling.driver.selection.folds.InnerSplit;
import dev.starling.driver.selection.pool.RowChoice;
import dev.starling.worker.data.Seeds;
import dev.starling.worker.data.Seeds.Purpose;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The folds of some data: what {@code data.test} leaves of the training source is divided; {@code data.validation} is a fraction of each fold's training rows, or a source of its own that watches
 * every fold.
 *
 * @param fraction of a fold's training rows for validation; 0 for none
 * @param watching rows of a validation source of its own; may be empty
 */
public record FoldPlan(List<Fold> folds, FoldRows rows, FoldSpec spec, double fraction, int[] watching, long seed) {
    private static final int[] NONE = {};

    public FoldPlan {
        folds = List.copyOf(folds);
    }

    /**
     * @param data opened with the spec's columns aside
     * @throws dev.starling.worker.InvalidInput if the data do not give such folds
     */
    public static FoldPlan of(RawData data, FoldSpec spec) {
        RawData.Rows split = data.split();
        boolean isFraction = data.spec().validation().orElse(null) instanceof HeldOut.Fraction;
        int[] used = (isFraction
                        ? IntStream.concat(Arrays.stream(split.train()), Arrays.stream(split.validation()))
                        : Arrays.stream(split.train()))
                .sorted()
                .toArray();
        double fraction = data.spec().validation().orElse(null) instanceof HeldOut.Fraction held ? held.fraction() : 0;
        FoldRows rows = FoldRows.of(data, spec, used);
        return new FoldPlan(
                Folds.of(rows, spec, data.seed()),
                rows,
                spec,
                fraction,
                isFraction ? NONE : split.validation(),
                data.seed());
    }

    public int size() {
        return folds.size();
    }

    /** What the unit of a fold learns from, is watched by and is scored on. */
    public RowChoice choice(int fold) {
        Fold of = folds.get(fold);
        if (fraction == 0) {
            return new RowChoice(of.train(), watching, of.scored());
        }
        InnerSplit inner =
                InnerSplit.of(rows.of(of.train()), spec, fraction, Seeds.derive(seed, Purpose.INNER_SPLIT, fold));
        return new RowChoice(inner.train(), inner.validation(), of.scored());
    }

    /** The seed by which a fold trains. */
    public long trainingSeed(int fold) {
        return Seeds.derive(seed, Purpose.FOLD_TRAINING, fold);
    }

    /** The folds of a fold's training rows, by the same rule, once. */
    public List<Fold> inner(int fold) {
        FoldSpec once = new FoldSpec(spec.folding(), spec.stratified(), spec.groupBy(), 1);
        return Folds.of(rows.of(folds.get(fold).train()), once, Seeds.derive(seed, Purpose.INNER_SPLIT, fold));
    }

    /** A fold's training rows as data of their own, laid into folds by the same rule: what a choice inside the fold may see. */
    public FoldPlan within(int fold) {
        FoldSpec once = new FoldSpec(spec.folding(), spec.stratified(), spec.groupBy(), 1);
        FoldRows training = rows.of(folds.get(fold).train());
        return new FoldPlan(
                inner(fold), training, once, fraction, watching, Seeds.derive(seed, Purpose.INNER_SPLIT, fold));
    }

    /** {@code fold 3}, or {@code repeat 2, fold 3} where there are several repeats. */
    public String label(int fold) {
        Fold of = folds.get(fold);
        return (spec.repeats() > 1 ? "repeat " + of.repeat() + ", " : "") + "fold " + of.number();
    }
}
