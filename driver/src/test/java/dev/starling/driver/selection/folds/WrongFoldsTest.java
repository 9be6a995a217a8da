package dev.starling.driver.selection.folds;

import static dev.starling.driver.selection.folds.MadeUpRows.assertDisjointAndCovering;
import static dev.starling.driver.selection.folds.MadeUpRows.examples;
import static dev.starling.driver.selection.folds.MadeUpRows.rows;
import static dev.starling.driver.selection.folds.MadeUpRows.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.driver.selection.folds.FoldSpec.Folding;
import dev.starling.worker.InvalidInput;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Folds that cannot be laid, and the split inside of one. */
class WrongFoldsTest {
    @Test
    void moreFoldsThanAClassHasExamplesIsInvalid() {
        assertThatThrownBy(() -> Folds.of(rows(36), FoldSpec.of(10), 1))
                .isInstanceOf(InvalidInput.class)
                .hasMessage(
                        "Cannot make 10 stratified folds: class 'c' has 6 examples"
                                + " (expected at least 10; a smaller crossValidation.folds, or crossValidation.stratified: false)");
        FoldSpec plain = new FoldSpec(new Folding.Count(10), false, Optional.empty(), 1);
        assertDisjointAndCovering(rows(36), Folds.of(rows(36), plain, 1));
        assertThatThrownBy(() -> Folds.of(rows(9), plain, 1))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("Cannot make 10 folds of 9 examples (expected crossValidation.folds: at most 9)");
    }

    @Test
    void moreFoldsThanGroupsIsInvalid() {
        FoldRows rows = rows(30, i -> i % 4, List.of("k", "l", "m", "n"));

        assertThatThrownBy(() -> Folds.of(rows, spec(new Folding.Count(5), Optional.of("patient"), 1), 3))
                .isInstanceOf(InvalidInput.class)
                .hasMessage(
                        "Cannot make 5 folds of 4 groups (expected at least as many groups, or a smaller crossValidation.folds)");
    }

    @Test
    void whatLaysTheSameFoldsEachTimeCannotBeRepeated() {
        assertThatThrownBy(() -> spec(new Folding.LeaveOneOut(), Optional.empty(), 2))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("folds: leaveOneOut lays the same folds each time");
    }

    @Test
    void theInnerSplitIsAPartOfTheTrainingRowsInTheSharesOfTheirClasses() {
        FoldRows rows = rows(600);
        Fold fold = Folds.of(rows, FoldSpec.of(5), 3).get(2);

        InnerSplit inner = InnerSplit.of(rows.of(fold.train()), FoldSpec.of(5), 0.25, 3);

        int[] both = IntStream.concat(Arrays.stream(inner.train()), Arrays.stream(inner.validation()))
                .sorted()
                .toArray();
        assertThat(both).isEqualTo(fold.train());
        assertThat(inner.validation()).hasSize(120);
        assertThat(examples(rows, inner.validation(), 0)).isEqualTo(60);
        assertThat(examples(rows, inner.validation(), 1)).isEqualTo(40);
        assertThat(examples(rows, inner.validation(), 2)).isEqualTo(20);
    }

    @Test
    void theInnerSplitKeepsGroupsTogetherAndOrderedRowsInOrder() {
        FoldRows grouped = rows(
                100, i -> i % 20, IntStream.range(0, 20).mapToObj(i -> "g" + i).toList());
        InnerSplit byGroup = InnerSplit.of(grouped, spec(new Folding.Count(3), Optional.of("patient"), 1), 0.2, 3);
        InnerSplit byOrder = InnerSplit.of(grouped, spec(new Folding.Forward("day", 3), Optional.empty(), 1), 0.2, 3);

        assertThat(byGroup.validation()).hasSize(20);
        assertThat(keys(grouped, byGroup.validation()))
                .hasSize(4)
                .doesNotContainAnyElementsOf(keys(grouped, byGroup.train()));
        assertThat(keys(grouped, byOrder.validation())).containsExactly(16, 17, 18, 19);
    }

    private static Set<Integer> keys(FoldRows rows, int[] numbers) {
        TreeSet<Integer> keys = new TreeSet<>();
        for (int row : numbers) {
            keys.add(rows.keys()[(row - 100) / 2]);
        }
        return keys;
    }
}
