package dev.starling.driver.selection.folds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.starling.driver.selection.folds.FoldSpec.Folding;
import dev.starling.worker.InvalidInput;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BootstrapTest {
    private static final int ROWS = 300;

    private static FoldSpec spec(int models, boolean stratified, Optional<String> group) {
        return new FoldSpec(new Folding.Bootstrap(models), stratified, group, 1);
    }

    /** Every third row is of class b, numbers are odd. */
    private static FoldRows rows(int[] keys) {
        int[] numbers = IntStream.range(0, ROWS).map(i -> 2 * i + 1).toArray();
        int[] classes = IntStream.range(0, ROWS).map(i -> i % 3 == 0 ? 1 : 0).toArray();
        return new FoldRows(numbers, classes, List.of("a", "b"), keys, List.of());
    }

    private static int[] each() {
        return IntStream.range(0, ROWS).toArray();
    }

    @Test
    void aSampleHasAsManyRowsAsThereAreAndIsScoredOnThoseThatItLeavesOut() {
        for (Fold sample : Folds.of(rows(each()), spec(20, false, Optional.empty()), 7)) {
            assertThat(sample.train()).hasSize(ROWS).isSorted();
            assertThat(sample.scored()).isSorted().doesNotHaveDuplicates();
            List<Integer> drawn =
                    Arrays.stream(sample.train()).boxed().distinct().toList();
            assertThat(drawn.size() + sample.scored().length).isEqualTo(ROWS);
            assertThat(Arrays.stream(sample.scored()).boxed()).doesNotContainAnyElementsOf(drawn);
        }
    }

    /** A row is left out with probability (1 − 1/n)ⁿ = 0.3673; of 200 samples of 300 rows the mean share has an error of about 0.0013. */
    @Test
    void aboutOneOfERowsIsLeftOut() {
        double share = Folds.of(rows(each()), spec(200, false, Optional.empty()), 7).stream()
                        .mapToInt(sample -> sample.scored().length)
                        .average()
                        .orElseThrow()
                / ROWS;
        assertThat(share).isCloseTo(Math.pow(1 - 1.0 / ROWS, ROWS), within(0.005));
    }

    @Test
    void samplesDependOnTheSeedAlone() {
        List<Fold> one = Folds.of(rows(each()), spec(3, false, Optional.empty()), 7);
        List<Fold> again = Folds.of(rows(each()), spec(4, false, Optional.empty()), 7);
        List<Fold> other = Folds.of(rows(each()), spec(3, false, Optional.empty()), 8);
        for (int i = 0; i < 3; i++) {
            assertThat(one.get(i).train())
                    .isEqualTo(again.get(i).train())
                    .isNotEqualTo(other.get(i).train());
        }
        assertThat(one.get(0).train()).isNotEqualTo(one.get(1).train());
    }

    @Test
    void stratifiedEachClassIsDrawnAsOftenAsItHasRows() {
        for (Fold sample : Folds.of(rows(each()), spec(10, true, Optional.empty()), 7)) {
            assertThat(Arrays.stream(sample.train()).filter(n -> (n - 1) / 2 % 3 == 0))
                    .hasSize(ROWS / 3);
        }
    }

    @Test
    void wholeGroupsAreDrawnOrLeftOut() {
        int[] groups = IntStream.range(0, ROWS).map(i -> i % 25).toArray();
        for (Fold sample : Folds.of(rows(groups), spec(10, true, Optional.of("patient")), 7)) {
            List<Integer> learned = Arrays.stream(sample.train())
                    .map(n -> (n - 1) / 2 % 25)
                    .boxed()
                    .distinct()
                    .toList();
            assertThat(Arrays.stream(sample.scored()).map(n -> (n - 1) / 2 % 25).boxed())
                    .doesNotContainAnyElementsOf(learned);
            assertThat(sample.train()).hasSize(ROWS);
        }
    }

    @Test
    void nothingCanBeDrawnFromOneGroup() {
        assertThatThrownBy(() -> Folds.of(rows(new int[ROWS]), spec(3, false, Optional.of("patient")), 7))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("Cannot draw from 1 group (expected at least two)");
    }
}
