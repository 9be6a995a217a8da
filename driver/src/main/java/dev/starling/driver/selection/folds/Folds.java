package dev.starling.driver.selection.folds;

import dev.starling.driver.selection.folds.FoldSpec.Folding;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.data.Permutation;
import dev.starling.worker.data.Seeds;
import dev.starling.worker.data.Seeds.Purpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Lays rows into folds. */
public final class Folds {
    private Folds() {}

    /**
     * All folds of all repeats, in order.
     *
     * @param seed nothing else is random
     * @throws InvalidInput if there are too few rows, groups or examples of a class for so many folds
     */
    public static List<Fold> of(FoldRows rows, FoldSpec spec, long seed) {
        List<Fold> folds = new ArrayList<>();
        for (int repeat = 1; repeat <= spec.repeats(); repeat++) {
            folds.addAll(once(rows, spec, Seeds.derive(seed, Purpose.FOLD, repeat), repeat));
        }
        return List.copyOf(folds);
    }

    private static List<Fold> once(FoldRows rows, FoldSpec spec, long seed, int repeat) {
        if (spec.folding() instanceof Folding.Forward forward) {
            return OrderedFolds.of(rows, forward);
        }
        if (spec.folding() instanceof Folding.Bootstrap bootstrap) {
            return Bootstrap.of(rows, bootstrap, isStratified(rows, spec), seed);
        }
        boolean groups = FoldRows.groups(spec);
        if (spec.folding() instanceof Folding.Count count) {
            if (groups) {
                return divide(
                        rows,
                        GroupedFolds.of(rows, count.folds(), isStratified(rows, spec), seed),
                        count.folds(),
                        repeat);
            }
            requireRows(rows, count.folds(), isStratified(rows, spec));
            return divide(rows, dealt(rows, count.folds(), isStratified(rows, spec), seed), count.folds(), repeat);
        }
        // Each row, each group, each value of the column: all by their keys.
        int[] present = Arrays.stream(rows.keys()).distinct().sorted().toArray();
        if (present.length < 2) {
            throw new InvalidInput("Cannot make folds of " + rows.size() + " rows by "
                    + spec.folding().label()
                    + ": they have " + present.length + " value" + (present.length == 1 ? "" : "s")
                    + " (expected at least two)");
        }
        int[] fold = Arrays.stream(rows.keys())
                .map(key -> Arrays.binarySearch(present, key))
                .toArray();
        return divide(rows, fold, present.length, repeat);
    }

    private static boolean isStratified(FoldRows rows, FoldSpec spec) {
        return spec.stratified() && !rows.classNames().isEmpty();
    }

    private static void requireRows(FoldRows rows, int folds, boolean stratified) {
        if (rows.size() < folds) {
            throw new InvalidInput("Cannot make " + folds + " folds of " + rows.size()
                    + " examples (expected crossValidation.folds: at most " + rows.size() + ")");
        }
        for (int c = 0; stratified && c < rows.classNames().size(); c++) {
            int number = c;
            long examples =
                    Arrays.stream(rows.classes()).filter(of -> of == number).count();
            // A class that is only known, and never trained, has none.
            if (examples > 0 && examples < folds) {
                throw new InvalidInput("Cannot make " + folds + " stratified folds: class '"
                        + rows.classNames().get(c) + "' has " + examples + " example" + (examples == 1 ? "" : "s")
                        + " (expected at least " + folds
                        + "; a smaller crossValidation.folds, or crossValidation.stratified: false)");
            }
        }
    }

    /**
     * Each class on its own, in an order of its own, is dealt to the folds one by one, and goes on where the class before it ended: so each fold's part of each class, and
     * its size, differ from the others' by one at most.
     */
    private static int[] dealt(FoldRows rows, int folds, boolean stratified, long seed) {
        int classes = stratified ? rows.classNames().size() : 1;
        int[] fold = new int[rows.size()];
        int before = 0;
        for (int c = 0; c < classes; c++) {
            int number = c;
            int[] places = IntStream.range(0, rows.size())
                    .filter(i -> !stratified || rows.classes()[i] == number)
                    .toArray();
            Permutation order = new Permutation(places.length, Seeds.derive(seed, Purpose.FOLD, c));
            for (int i = 0; i < places.length; i++) {
                fold[places[i]] = (int) ((before + order.apply(i)) % folds);
            }
            before += places.length;
        }
        return fold;
    }

    private static List<Fold> divide(FoldRows rows, int[] foldOf, int folds, int repeat) {
        int[] sizes = new int[folds];
        for (int of : foldOf) {
            sizes[of]++;
        }
        List<Fold> divided = new ArrayList<>();
        for (int fold = 0; fold < folds; fold++) {
            int[] scored = new int[sizes[fold]];
            int[] train = new int[rows.size() - sizes[fold]];
            int in = 0;
            int out = 0;
            for (int i = 0; i < foldOf.length; i++) {
                if (foldOf[i] == fold) {
                    scored[in++] = rows.numbers()[i];
                } else {
                    train[out++] = rows.numbers()[i];
                }
            }
            divided.add(new Fold(repeat, fold + 1, train, scored));
        }
        return divided;
    }
}
