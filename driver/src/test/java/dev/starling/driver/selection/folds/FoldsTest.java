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
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoldsTest {
    @ParameterizedTest
    @ValueSource(ints = {20, 61, 144, 1372})
    void foldsAreDisjointCoverAllAndKeepClassSharesWithinOneExample(int size) {
        FoldRows rows = rows(size);

        List<Fold> folds = Folds.of(rows, FoldSpec.of(3), 7);

        assertThat(folds).hasSize(3);
        assertDisjointAndCovering(rows, folds);
        for (Fold fold : folds) {
            assertThat((double) fold.scored().length).isBetween(size / 3.0 - 1, size / 3.0 + 1);
            for (int c = 0; c < 3; c++) {
                double share = examples(rows, rows.numbers(), c) / 3.0;
                assertThat((double) examples(rows, fold.scored(), c)).isBetween(share - 1, share + 1);
            }
        }
    }

    @Test
    void foldsDependOnTheSeedAndNothingElse() {
        List<Fold> once = Folds.of(rows(90), FoldSpec.of(5), 1);
        List<Fold> again = Folds.of(rows(90), FoldSpec.of(5), 1);
        List<Fold> other = Folds.of(rows(90), FoldSpec.of(5), 2);

        for (int i = 0; i < 5; i++) {
            assertThat(again.get(i).scored()).isEqualTo(once.get(i).scored());
        }
        assertThat(other.get(0).scored()).isNotEqualTo(once.get(0).scored());
    }

    @Test
    void repeatsLayOtherFolds() {
        FoldRows rows = rows(90);

        List<Fold> folds = Folds.of(rows, spec(new Folding.Count(4), Optional.empty(), 3), 1);

        assertThat(folds).hasSize(12);
        assertThat(folds.get(4).repeat()).isEqualTo(2);
        assertThat(folds.get(4).number()).isEqualTo(1);
        assertThat(folds.get(4).scored()).isNotEqualTo(folds.get(0).scored());
        for (int repeat = 0; repeat < 3; repeat++) {
            assertDisjointAndCovering(rows, folds.subList(4 * repeat, 4 * repeat + 4));
        }
    }

    @Test
    void groupsStayTogetherAndFoldsStayEven() {
        FoldRows rows = rows(
                240,
                i -> i / 7 % 23,
                IntStream.range(0, 23).mapToObj(i -> "g" + i).toList());

        List<Fold> folds = Folds.of(rows, spec(new Folding.Count(4), Optional.of("patient"), 1), 3);

        assertDisjointAndCovering(rows, folds);
        for (Fold fold : folds) {
            TreeSet<Integer> scored = new TreeSet<>();
            for (int row : fold.scored()) {
                scored.add(rows.keys()[Arrays.binarySearch(rows.numbers(), row)]);
            }
            for (int row : fold.train()) {
                assertThat(scored).doesNotContain(rows.keys()[Arrays.binarySearch(rows.numbers(), row)]);
            }
            assertThat(fold.scored().length).isBetween(60 - 14, 60 + 14);
            assertThat(examples(rows, fold.scored(), 2)).isBetween(6L, 14L);
        }
    }

    @Test
    void leaveOneOutScoresEachRowOnce() {
        FoldRows rows = rows(17);

        List<Fold> folds = Folds.of(rows, spec(new Folding.LeaveOneOut(), Optional.empty(), 1), 3);

        assertThat(folds).hasSize(17).allMatch(fold -> fold.scored().length == 1);
        assertDisjointAndCovering(rows, folds);
    }

    @Test
    void leaveOneOutOfGroupsScoresEachGroupOnce() {
        FoldRows rows = rows(30, i -> i % 4, List.of("k", "l", "m", "n"));

        List<Fold> folds = Folds.of(rows, spec(new Folding.LeaveOneOut(), Optional.of("patient"), 1), 3);

        assertThat(folds).extracting(fold -> fold.scored().length).containsExactly(8, 8, 7, 7);
        assertDisjointAndCovering(rows, folds);
    }

    @Test
    void aColumnOfFoldsIsTakenAsItIs() {
        FoldRows rows = rows(30, i -> i % 10 / 4, List.of("1", "2", "10"));

        List<Fold> folds = Folds.of(rows, spec(new Folding.Column("part"), Optional.empty(), 1), 3);

        assertThat(folds).extracting(fold -> fold.scored().length).containsExactly(12, 12, 6);
        assertDisjointAndCovering(rows, folds);
    }

    @Test
    void forwardChainingNeverLearnsFromWhatComesLater() {
        // Days 0 to 49, two rows each, in an order that is not that of the data.
        FoldRows rows = rows(
                100,
                i -> i * 37 % 50,
                IntStream.range(0, 50).mapToObj(i -> "" + i).toList());

        List<Fold> folds = Folds.of(rows, spec(new Folding.Forward("day", 4), Optional.empty(), 1), 3);

        assertThat(folds).hasSize(4);
        int before = 20;
        for (Fold fold : folds) {
            assertThat(fold.train()).hasSize(before);
            assertThat(fold.scored()).hasSize(20);
            int latest = Arrays.stream(fold.train())
                    .map(row -> rows.keys()[(row - 100) / 2])
                    .max()
                    .orElseThrow();
            int first = Arrays.stream(fold.scored())
                    .map(row -> rows.keys()[(row - 100) / 2])
                    .min()
                    .orElseThrow();
            assertThat(first).isGreaterThan(latest);
            before += 20;
        }
    }

    @Test
    void equalTimesAreNotTornApart() {
        FoldRows rows = rows(
                10,
                i -> i < 7 ? 0 : i,
                IntStream.range(0, 10).mapToObj(i -> "" + i).toList());

        List<Fold> folds = Folds.of(rows, spec(new Folding.Forward("day", 1), Optional.empty(), 1), 3);

        assertThat(folds.get(0).train()).hasSize(7);
        assertThatThrownBy(() -> Folds.of(rows, spec(new Folding.Forward("day", 4), Optional.empty(), 1), 3))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("Cannot make 4 folds of 10 rows by orderBy: day: 4 different values leave a part empty"
                        + " (expected more values, or fewer folds)");
    }

    @Test
    void columnsAreOrderedAsNumbersWhereAllAreNumbers() {
        assertThat(FoldRows.sorted(List.of("10", "9", "1e1", "-3"))).startsWith("-3", "9");
        assertThat(FoldRows.sorted(List.of("10", "9", "x"))).containsExactly("10", "9", "x");
    }
}
