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
 * @param predicted test rows that every fold's model predicts beside the rows that it is scored on: where folds are bootstrap samples, whose models are an ensemble; else none
 */
public record FoldPlan(
        List<Fold> folds, FoldRows rows, FoldSpec spec, double fraction, int[] watching, int[] predicted, long seed) {
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
                spec.isBootstrap() ? split.test() : NONE,
                data.seed());
    }

    public int size() {
        return folds.size();
    }

    /** What the unit of a fold learns from, is watched by and is scored on. */
    public RowChoice choice(int fold) {
        Fold of = folds.get(fold);
        if (fraction == 0) {
            return new RowChoice(of.train(), watching, of.scored(), predicted);
        }
        // Of different rows, so that none that is drawn several times watches its own copies.
        int[] different = Arrays.stream(of.train()).distinct().toArray();
        InnerSplit inner =
                InnerSplit.of(rows.of(different), spec, fraction, Seeds.derive(seed, Purpose.INNER_SPLIT, fold));
        int[] train = Arrays.stream(of.train())
                .filter(row -> Arrays.binarySearch(inner.train(), row) >= 0)
                .toArray();
        return new RowChoice(train, inner.validation(), of.scored(), predicted);
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
                inner(fold), training, once, fraction, watching, NONE, Seeds.derive(seed, Purpose.INNER_SPLIT, fold));
    }

    /** {@code fold 3}, or {@code repeat 2, fold 3} where there are several repeats; {@code model 3} where folds are bootstrap samples. */
    public String label(int fold) {
        Fold of = folds.get(fold);
        if (spec.isBootstrap()) {
            return "model " + of.number();
        }
        return (spec.repeats() > 1 ? "repeat " + of.repeat() + ", " : "") + "fold " + of.number();
    }
}
