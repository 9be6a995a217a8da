package dev.starling.driver.selection.folds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.driver.selection.folds.FoldSpec.Folding;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Rows of made-up data, to lay folds of. */
final class MadeUpRows {
    static final List<String> CLASSES = List.of("a", "b", "c");

    /** Rows 100, 102, 104, …, of three classes: half, a third and a sixth of them. */
    static FoldRows rows(int size, IntUnaryOperator key, List<String> keyNames) {
        int[] numbers = IntStream.range(0, size).map(i -> 100 + 2 * i).toArray();
        int[] classes = IntStream.range(0, size)
                .map(i -> i % 6 < 3 ? 0 : i % 6 < 5 ? 1 : 2)
                .toArray();
        return new FoldRows(
                numbers, classes, CLASSES, IntStream.range(0, size).map(key).toArray(), keyNames);
    }

    static FoldRows rows(int size) {
        return rows(size, i -> i, List.of());
    }

    static FoldSpec spec(Folding folding, Optional<String> groupBy, int repeats) {
        return new FoldSpec(folding, true, groupBy, repeats);
    }

    static void assertDisjointAndCovering(FoldRows rows, List<Fold> folds) {
        int[] scored = folds.stream()
                .flatMapToInt(fold -> Arrays.stream(fold.scored()))
                .sorted()
                .toArray();
        assertThat(scored).isEqualTo(rows.numbers());
        for (Fold fold : folds) {
            int[] all = IntStream.concat(Arrays.stream(fold.train()), Arrays.stream(fold.scored()))
                    .sorted()
                    .toArray();
            assertThat(all).isEqualTo(rows.numbers());
        }
    }

    static long examples(FoldRows rows, int[] numbers, int c) {
        return Arrays.stream(numbers)
                .filter(row -> rows.classes()[Arrays.binarySearch(rows.numbers(), row)] == c)
                .count();
    }

    private MadeUpRows() {}
}
