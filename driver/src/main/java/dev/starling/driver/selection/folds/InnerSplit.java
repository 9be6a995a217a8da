package dev.starling.driver.selection.folds;

import dev.starling.worker.InvalidInput;
import dev.starling.worker.data.Permutation;
import dev.starling.worker.data.Seeds;
import dev.starling.worker.data.Seeds.Purpose;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A fold's training rows divided once more, so that what watches training (early stopping) never sees the scored ones: whole groups where rows are grouped, the last ones where they
 * are ordered, else at random, each class in its share.
 *
 * @param train numbers of rows, rising
 * @param validation numbers of rows, rising
 */
public record InnerSplit(int[] train, int[] validation) {
    /**
     * @param rows the fold's training rows
     * @param fraction of them for validation, in (0, 1)
     */
    public static InnerSplit of(FoldRows rows, FoldSpec spec, double fraction, long seed) {
        boolean[] held = FoldRows.orders(spec)
                ? last(rows, fraction)
                : FoldRows.groups(spec) ? groups(rows, fraction, seed) : random(rows, fraction, seed);
        int[] train = numbers(rows, held, false);
        int[] validation = numbers(rows, held, true);
        if (train.length == 0 || validation.length == 0) {
            throw new InvalidInput("Cannot split a fold of " + rows.size() + " training rows by data.validation: "
                    + fraction + ": " + train.length + " and " + validation.length
                    + " are left (expected at least one of each; more rows, or another fraction)");
        }
        return new InnerSplit(train, validation);
    }

    private static int[] numbers(FoldRows rows, boolean[] held, boolean wanted) {
        return IntStream.range(0, rows.size())
                .filter(i -> held[i] == wanted)
                .map(i -> rows.numbers()[i])
                .toArray();
    }

    private static boolean[] last(FoldRows rows, double fraction) {
        boolean[] held = new boolean[rows.size()];
        int[] order = OrderedFolds.inOrder(rows);
        for (int i = order.length - (int) Math.round(fraction * order.length); i < order.length; i++) {
            held[order[i]] = true;
        }
        return held;
    }

    /** Groups in random order, as long as they bring their number closer to what is asked. */
    private static boolean[] groups(FoldRows rows, double fraction, long seed) {
        int[] groups = Arrays.stream(rows.keys()).distinct().sorted().toArray();
        int[] sizes = new int[groups.length];
        for (int key : rows.keys()) {
            sizes[Arrays.binarySearch(groups, key)]++;
        }
        boolean[] chosen = new boolean[groups.length];
        Permutation order = new Permutation(groups.length, Seeds.derive(seed, Purpose.INNER_SPLIT));
        double missing = fraction * rows.size();
        for (int i = 0; i < groups.length; i++) {
            int group = (int) order.apply(i);
            if (sizes[group] < 2 * missing) {
                chosen[group] = true;
                missing -= sizes[group];
            }
        }
        boolean[] held = new boolean[rows.size()];
        for (int i = 0; i < held.length; i++) {
            held[i] = chosen[Arrays.binarySearch(groups, rows.keys()[i])];
        }
        return held;
    }

    /** Every class's first so many of a random order; the parts rounded so that their sum is the rounded fraction of all. */
    private static boolean[] random(FoldRows rows, double fraction, long seed) {
        boolean[] held = new boolean[rows.size()];
        int classes = Math.max(1, rows.classNames().size());
        long before = 0;
        long taken = 0;
        for (int c = 0; c < classes; c++) {
            int number = c;
            int[] places = IntStream.range(0, rows.size())
                    .filter(i -> rows.classes()[i] == number)
                    .toArray();
            before += places.length;
            // Of the running total, so that no rounding adds up over classes.
            long take = Math.min(places.length, Math.max(0, Math.round(fraction * before) - taken));
            taken += take;
            Permutation order = new Permutation(places.length, Seeds.derive(seed, Purpose.INNER_SPLIT, c));
            for (int i = 0; i < places.length; i++) {
                held[places[i]] = order.apply(i) < take;
            }
        }
        return held;
    }
}
