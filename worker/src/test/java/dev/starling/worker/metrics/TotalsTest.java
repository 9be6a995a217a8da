package dev.starling.worker.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.Loss;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Expected values are scikit-learn 1.9's:
 *
 * <pre>{@code
 * i = np.arange(12); t = i % 3; m = dict(average="macro", zero_division=0)
 * x = np.sin(1.7 * i[:, None] + 2.3 * np.arange(3)) + (t[:, None] == np.arange(3))
 * p = np.exp(x) / np.exp(x).sum(1, keepdims=True); y = p.argmax(1)
 * log_loss(t, p), accuracy_score(t, y), precision_score(t, y, **m), recall_score(t, y, **m), f1_score(t, y, **m), confusion_matrix(t, y)
 * s = np.round(0.5 + 0.4 * np.sin(0.9 * i), 1); b = i % 2
 * roc_auc_score(b, s), log_loss(b, s), accuracy_score(b, s > .5)
 * q = np.sin(np.arange(60) * 7.).reshape(6, 10)
 * top_k_accuracy_score(np.arange(6), q, k=5, labels=np.arange(10))
 * }</pre>
 */
class TotalsTest {
    private static final int ROWS = 12;

    private static final Scoring THREE_CLASSES =
            new Scoring.Classification(Loss.CATEGORICAL_CROSSENTROPY, 3, List.of("a", "b", "c"));
    private static final Scoring TWO_CLASSES =
            new Scoring.Classification(Loss.BINARY_CROSSENTROPY, 1, List.of("no", "yes"));

    private static float[] probabilities() {
        float[] p = new float[ROWS * 3];
        for (int i = 0; i < ROWS; i++) {
            double[] e = new double[3];
            for (int c = 0; c < 3; c++) {
                e[c] = Math.exp(Math.sin(1.7 * i + 2.3 * c) + (i % 3 == c ? 1 : 0));
            }
            for (int c = 0; c < 3; c++) {
                p[i * 3 + c] = (float) (e[c] / (e[0] + e[1] + e[2]));
            }
        }
        return p;
    }

    private static float[] oneHot() {
        float[] t = new float[ROWS * 3];
        for (int i = 0; i < ROWS; i++) {
            t[i * 3 + i % 3] = 1;
        }
        return t;
    }

    private static Totals threeClasses() {
        Totals totals = THREE_CLASSES.zero();
        totals.add(probabilities(), oneHot(), ROWS);
        return totals;
    }

    private static Totals twoClasses() {
        float[] scores = {.5f, .8f, .9f, .7f, .3f, .1f, .2f, .5f, .8f, .9f, .7f, .3f};
        float[] truth = {0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1};
        Totals totals = TWO_CLASSES.zero();
        totals.add(scores, truth, ROWS);
        return totals;
    }

    @Test
    void classesAreScoredAsScikitLearnScoresThem() {
        Metrics metrics = threeClasses().metrics(0);

        assertThat(metrics.values().keySet())
                .containsExactly("loss", "accuracy", "precision", "recall", "f1")
                .containsExactlyElementsOf(THREE_CLASSES.metrics());
        assertThat(metrics.loss()).isCloseTo(0.7683036404330114, within(1e-6));
        assertThat(metrics.value("accuracy")).hasValue(7 / 12.0);
        assertThat(metrics.value("precision").orElseThrow()).isCloseTo(0.5888888888888889, within(1e-12));
        assertThat(metrics.value("recall").orElseThrow()).isCloseTo(0.5833333333333334, within(1e-12));
        assertThat(metrics.value("f1").orElseThrow()).isCloseTo(0.5793650793650793, within(1e-12));
    }

    @Test
    void confusionHasTrueClassesInRowsAndClassesAreToldApart() {
        ClassTable table = threeClasses().metrics(0).classes().orElseThrow();

        assertThat(table.confusion()).containsExactly(List.of(2L, 1L, 1L), List.of(1L, 3L, 0L), List.of(1L, 1L, 2L));
        assertThat(table.rows().get(1)).isEqualTo(new ClassTable.Row("b", 0.6, 0.75, 2 / 3.0, 4));
    }

    @Test
    void oneSigmoidOutputMeansTwoClassesAtOneHalf() {
        Metrics metrics = twoClasses().metrics(0);

        assertThat(metrics.loss()).isCloseTo(0.9394871125453851, within(1e-6));
        assertThat(metrics.value("accuracy")).hasValue(0.5);
        assertThat(metrics.classes().orElseThrow().rows())
                .extracting(ClassTable.Row::name)
                .containsExactly("no", "yes");
    }

    @Test
    void aucIsExactWithTiesCountingHalf() {
        assertThat(twoClasses().metrics(0).value("auc").orElseThrow()).isCloseTo(0.48611111111111116, within(1e-15));
    }

    @Test
    void fiveLargestOutputsCountAsHitsWithMoreThanFiveClasses() {
        float[] outputs = new float[60];
        float[] targets = new float[60];
        for (int i = 0; i < 60; i++) {
            outputs[i] = (float) Math.sin(7.0 * i);
        }
        for (int row = 0; row < 6; row++) {
            targets[row * 10 + row] = 1;
        }
        Scoring scoring =
                new Scoring.Classification(Loss.CATEGORICAL_CROSSENTROPY, 10, Collections.nCopies(10, "class"));
        Totals totals = scoring.zero();
        totals.add(outputs, targets, 6);

        assertThat(totals.metrics(0).value("top5")).hasValue(0.5);
    }

    @Test
    void probabilitiesAreClippedAsInKeras() {
        Totals totals = TWO_CLASSES.zero();
        totals.add(new float[] {0, 1}, new float[] {1, 1}, 2);

        assertThat(totals.metrics(0).loss()).isCloseTo(-Math.log(1e-7) / 2, within(1e-6));
    }

    @Test
    void nanInOneExampleMakesTheLossNan() {
        Totals totals = THREE_CLASSES.zero();
        float[] p = probabilities();
        p[4] = Float.NaN;
        totals.add(p, oneHot(), ROWS);

        assertThat(totals.lossSum()).isNaN();
    }

    @Test
    void penaltiesOfTrainingAreMeansOverExamplesAndThoseOfNowAreAdded() {
        Totals totals = TWO_CLASSES.zero();
        totals.add(new float[] {.5f, .5f, .5f, .5f}, new float[] {1, 0, 1, 0}, 4);
        totals.addPenalty(8, 1);
        totals.addPenalty(4, 3);

        assertThat(totals.metrics(0.25).loss()).isCloseTo(Math.log(2) + 5 + 0.25, within(1e-12));
    }

    @Test
    void mergedPartsComeToTheSameAsTheWhole() {
        float[] p = probabilities();
        float[] t = oneHot();
        Totals first = THREE_CLASSES.zero();
        first.add(p, t, 5);
        first.addPenalty(0.6, 5);
        Totals second = THREE_CLASSES.zero();
        second.add(Arrays.copyOfRange(p, 15, 36), Arrays.copyOfRange(t, 15, 36), 7);
        Metrics merged = first.plus(second).metrics(0);

        assertThat(first.examples()).isEqualTo(5);
        assertThat(merged.examples()).isEqualTo(12);
        assertThat(merged.loss()).isCloseTo(threeClasses().metrics(0.25).loss(), within(1e-12));
        assertThat(merged.classes()).isEqualTo(threeClasses().metrics(0).classes());
        assertThat(twoClasses().plus(twoClasses()).metrics(0).value("auc"))
                .isEqualTo(twoClasses().metrics(0).value("auc"));
    }

    @Test
    void vectorsOutsideTheHeapGiveTheSameAsArrays() {
        FlatVector outputs = FlatVector.allocate(ROWS * 3);
        FlatVector targets = FlatVector.allocate(ROWS * 3);
        outputs.set(probabilities());
        targets.set(oneHot());
        Totals totals = THREE_CLASSES.zero();
        totals.add(outputs, targets, ROWS);

        assertThat(totals.metrics(0)).isEqualTo(threeClasses().metrics(0));
    }

    @Test
    void bytesCarryEverything() {
        Totals values = new Scoring.Regression(Loss.MEAN_SQUARED_ERROR, 2, List.of(2.0, 3.0)).zero();
        values.add(new float[] {1, 2, 3, 4}, new float[] {0, 0, 5, 4}, 2);
        Totals labels = new Scoring.Labels(Loss.BINARY_CROSSENTROPY, 2).zero();
        labels.add(new float[] {.9f, .2f, .4f, .3f}, new float[] {1, 1, 0, 0}, 2);
        labels.addPenalty(3, 2);

        for (Totals totals : List.of(threeClasses(), twoClasses(), values, labels)) {
            assertThat(Totals.fromBytes(totals.scoring(), totals.toBytes()).metrics(0))
                    .isEqualTo(totals.metrics(0));
        }
    }

    @Test
    void clearedTotalsBeginAnew() {
        Totals totals = twoClasses();
        totals.clear();
        assertThat(totals.metrics(0)).isEqualTo(TWO_CLASSES.zero().metrics(0));
        totals.add(new float[] {.9f, .2f}, new float[] {1, 0}, 2);

        assertThat(totals.metrics(0).value("auc")).hasValue(1);
        assertThat(totals.metrics(0).value("accuracy")).hasValue(1);
    }

    @Test
    void totalsOfDifferentThingsDoNotMerge() {
        assertThatThrownBy(() -> threeClasses().plus(twoClasses()))
                .hasMessageStartingWith("Cannot merge totals of")
                .hasMessageContaining("expected those of");
    }
}
