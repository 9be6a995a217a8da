package dev.starling.worker.pseudolabels;

import static dev.starling.worker.pseudolabels.PseudoLabels.NONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.worker.InvalidInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PseudoLabelsTest {
    private static final int ROWS = 90;

    /** Row i lies about the corner i % 3 of a wide triangle, which is its class. */
    private static List<double[]> corners(double spread) {
        SplittableRandom random = new SplittableRandom(1);
        double[][] centres = {{0, 0}, {10, 0}, {0, 10}};
        List<double[]> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            double[] centre = centres[i % 3];
            rows.add(
                    new double[] {centre[0] + spread * random.nextGaussian(), centre[1] + spread * random.nextGaussian()
                    });
        }
        return rows;
    }

    private static int[] truth() {
        return IntStream.range(0, ROWS).map(i -> i % 3).toArray();
    }

    /** Rows 0, 4 and 8 alone have a label: one of each class. */
    private static int[] three() {
        int[] known = new int[ROWS];
        Arrays.fill(known, NONE);
        known[0] = 0;
        known[4] = 1;
        known[8] = 2;
        return known;
    }

    private static PseudoLabelSpec spec(int clusters, int labelled, double nearest, long seed) {
        return new PseudoLabelSpec(clusters, labelled, nearest, 100, seed);
    }

    @Test
    void threeLabelsNameAllRowsOfThreeClusters() {
        PseudoLabels found = PseudoLabels.of(corners(1), three(), 3, spec(3, 0, 1, 7));
        assertThat(found.labels()).isEqualTo(truth());
        assertThat(found.own()).isEqualTo(3);
        assertThat(found.given()).isEqualTo(ROWS - 3);
        assertThat(found.line())
                .isEqualTo(
                        "pseudo-labels: 3 training rows with their own label, 87 with that of their cluster, 0 left out");
    }

    @Test
    void rowsOfAClusterWithoutALabelAreLeftOut() {
        int[] known = three();
        known[8] = NONE;
        int[] found = PseudoLabels.of(corners(1), known, 3, spec(3, 0, 1, 7)).labels();
        for (int i = 0; i < ROWS; i++) {
            assertThat(found[i]).isEqualTo(i % 3 == 2 ? NONE : i % 3);
        }
    }

    @Test
    void aClusterHasTheLabelOfMostOfItsLabelledRowsWhichKeepTheirs() {
        int[] known = three();
        known[3] = 1;
        known[6] = 1;
        int[] found = PseudoLabels.of(corners(1), known, 3, spec(3, 0, 1, 7)).labels();
        assertThat(found[0]).isEqualTo(0);
        assertThat(found[9]).isEqualTo(1);
        assertThat(found[5]).isEqualTo(2);
    }

    @Test
    void onlyThoseNearestTheCentreGetALabel() {
        List<double[]> rows = corners(1);
        int[] found = PseudoLabels.of(rows, three(), 3, spec(3, 0, 0.5, 7)).labels();
        double[] centre = {0, 0};
        for (int i = 0; i < ROWS; i += 3) {
            centre[0] += rows.get(i)[0] / 30;
            centre[1] += rows.get(i)[1] / 30;
        }
        double farthest = 0;
        double nearest = Double.MAX_VALUE;
        int given = 0;
        for (int i = 3; i < ROWS; i += 3) {
            double distance = Math.hypot(rows.get(i)[0] - centre[0], rows.get(i)[1] - centre[1]);
            given += found[i] == 0 ? 1 : 0;
            farthest = found[i] == 0 ? Math.max(farthest, distance) : farthest;
            nearest = found[i] == NONE ? Math.min(nearest, distance) : nearest;
        }
        assertThat(given).isEqualTo(15);
        assertThat(farthest).isLessThan(nearest);
        assertThat(PseudoLabels.of(rows, three(), 3, spec(3, 0, 0, 7)).labels()).isEqualTo(three());
    }

    @Test
    void asManyRowsAsAreAskedForKeepTheirLabelInTheClassesShares() {
        int[] classes = IntStream.range(0, 100)
                .map(i -> i < 60 ? 0 : i < 95 ? 1 : i < 99 ? 2 : 3)
                .toArray();
        int[] kept = LabelledRows.of(classes, 4, spec(3, 20, 1, 5));
        int[] counts = new int[4];
        for (int i = 0; i < kept.length; i++) {
            assertThat(kept[i]).isIn(NONE, classes[i]);
            if (kept[i] != NONE) {
                counts[kept[i]]++;
            }
        }
        assertThat(counts).containsExactly(11, 7, 1, 1);
        assertThat(LabelledRows.of(classes, 4, spec(3, 20, 1, 5))).isEqualTo(kept);
        assertThat(LabelledRows.of(classes, 4, spec(3, 20, 1, 6))).isNotEqualTo(kept);
    }

    @Test
    void hiddenLabelsAreOnlyCountedNeverUsed() {
        int[] spoiled = truth();
        int[] kept = LabelledRows.of(spoiled, 3, spec(3, 6, 1, 5));
        PseudoLabels honest = PseudoLabels.of(corners(1), truth(), 3, spec(3, 6, 1, 5));
        assertThat(honest.right()).isEqualTo(ROWS - 6);
        PseudoLabels without = PseudoLabels.of(corners(1), kept, 3, spec(3, 0, 1, 5));
        assertThat(without.labels()).isEqualTo(honest.labels());
    }

    @Test
    void theSeedDecidesWhereClustersOverlap() {
        List<double[]> mixed = corners(6);
        int[] first = PseudoLabels.of(mixed, three(), 3, spec(8, 0, 1, 7)).labels();
        assertThat(PseudoLabels.of(mixed, three(), 3, spec(8, 0, 1, 7)).labels())
                .isEqualTo(first);
        assertThat(PseudoLabels.of(mixed, three(), 3, spec(8, 0, 1, 8)).labels())
                .isNotEqualTo(first);
    }

    @Test
    void whatDoesNotFitTheRowsIsTold() {
        spec(90, 3, 1, 1).check(ROWS, ROWS, 3);
        assertThatThrownBy(() -> spec(91, 2, 1, 1).check(ROWS, ROWS, 3))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("data.pseudoLabels.labelled: 2 (expected at least 3, one of each class, and fewer"
                        + " than the 90 training rows)")
                .hasMessageContaining(
                        "data.pseudoLabels.clusters: 91 (expected at most 90, the number of training rows)");
        assertThatThrownBy(() -> spec(3, 90, 1, 1).check(ROWS, ROWS, 3)).isInstanceOf(InvalidInput.class);
    }
}
