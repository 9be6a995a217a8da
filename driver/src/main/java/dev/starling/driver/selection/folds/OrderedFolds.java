package dev.starling.driver.selection.folds;

import dev.starling.driver.selection.folds.FoldSpec.Folding;
import dev.starling.worker.InvalidInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Forward chaining: what is scored always comes after what was learned from. */
final class OrderedFolds {
    private OrderedFolds() {}

    /** Parts as even as rows of equal value allow, which stay together: in the part where the even cut finds the first of them. */
    static List<Fold> of(FoldRows rows, Folding.Forward spec) {
        int parts = spec.folds() + 1;
        int[] order = inOrder(rows);
        int[] cuts = new int[parts + 1];
        for (int part = 1; part < parts; part++) {
            int cut = (int) ((long) part * order.length / parts);
            while (cut > 0 && cut < order.length && rows.keys()[order[cut]] == rows.keys()[order[cut - 1]]) {
                cut++;
            }
            cuts[part] = cut;
        }
        cuts[parts] = order.length;
        List<Fold> folds = new ArrayList<>();
        for (int fold = 1; fold < parts; fold++) {
            if (cuts[fold] == cuts[fold - 1] || cuts[fold + 1] == cuts[fold]) {
                throw new InvalidInput("Cannot make " + spec.folds() + " folds of " + rows.size() + " rows by "
                        + spec.label() + ": " + distinct(rows) + " different values leave a part empty (expected more"
                        + " values, or fewer folds)");
            }
            folds.add(new Fold(
                    1, fold, numbers(rows, order, 0, cuts[fold]), numbers(rows, order, cuts[fold], cuts[fold + 1])));
        }
        return folds;
    }

    /** Places of rows by their keys; of equal ones, the earlier row first. */
    static int[] inOrder(FoldRows rows) {
        return IntStream.range(0, rows.size())
                .boxed()
                .sorted(Comparator.comparingInt((Integer place) -> rows.keys()[place])
                        .thenComparingInt(place -> place))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static long distinct(FoldRows rows) {
        return Arrays.stream(rows.keys()).distinct().count();
    }

    private static int[] numbers(FoldRows rows, int[] order, int from, int to) {
        return Arrays.stream(order, from, to)
                .map(place -> rows.numbers()[place])
                .sorted()
                .toArray();
    }
}
