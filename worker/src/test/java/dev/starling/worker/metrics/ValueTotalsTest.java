package dev.starling.worker.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.worker.data.Target;
import dev.starling.worker.network.Loss;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Expected values are scikit-learn 1.9's:
 *
 * <pre>{@code
 * i = np.arange(12)
 * u = np.stack([20 + 5*np.sin(i), 100 - 3*np.cos(2*i)], 1); v = u + np.stack([np.cos(3.*i), .5*i-2], 1)
 * mean_squared_error(u, v), np.sqrt(mean_squared_error(u, v)), mean_absolute_error(u, v), r2_score(u, v)
 * }</pre>
 */
class ValueTotalsTest {
    private static final int ROWS = 12;

    @Test
    void numbersAreScoredInTheirOwnUnitWhateverTheScale() {
        Target target = new Target.Values(List.of("u", "v"), List.of(19.0, 101.0), List.of(4.0, 2.5));
        Totals totals = Scoring.of(Loss.MEAN_SQUARED_ERROR, target, 2).zero();
        float[] outputs = new float[2 * ROWS];
        float[] targets = new float[2 * ROWS];
        for (int i = 0; i < ROWS; i++) {
            double u = 20 + 5 * Math.sin(i);
            double v = 100 - 3 * Math.cos(2 * i);
            targets[2 * i] = (float) ((u - 19) / 4);
            targets[2 * i + 1] = (float) ((v - 101) / 2.5);
            outputs[2 * i] = (float) ((u + Math.cos(3 * i) - 19) / 4);
            outputs[2 * i + 1] = (float) ((v + .5 * i - 2 - 101) / 2.5);
        }
        totals.add(outputs, targets, ROWS);
        Metrics metrics = totals.metrics(0);

        assertThat(metrics.value("mse").orElseThrow()).isCloseTo(2.022777245781706, within(1e-6));
        assertThat(metrics.value("rmse").orElseThrow()).isCloseTo(1.4222437364185176, within(1e-6));
        assertThat(metrics.value("mae").orElseThrow()).isCloseTo(1.1065302874323595, within(1e-6));
        assertThat(metrics.value("r2").orElseThrow()).isCloseTo(0.6164384922240099, within(1e-6));
        double trained = 0;
        for (int i = 0; i < outputs.length; i++) {
            trained += Math.pow((double) outputs[i] - targets[i], 2) / outputs.length;
        }
        assertThat(metrics.loss()).isCloseTo(trained, within(1e-12));
    }

    @Test
    void severalSigmoidOutputsAreRightOneByOne() {
        Target target = new Target.Values(List.of("x", "y"), List.of(0.0, 0.0), List.of(1.0, 1.0));
        Totals totals = Scoring.of(Loss.BINARY_CROSSENTROPY, target, 2).zero();
        totals.add(new float[] {.9f, .2f, .4f, .3f}, new float[] {1, 1, 0, 0}, 2);

        assertThat(totals.metrics(0).value("accuracy")).hasValue(0.75);
        assertThat(totals.metrics(0).loss())
                .isCloseTo(-(Math.log(.9) + Math.log(.2) + Math.log(.6) + Math.log(.7)) / 4, within(1e-6));
    }

    @Test
    void absoluteErrorIsTheMeanOverOutputsAndExamples() {
        Totals totals = new Scoring.Regression(Loss.MEAN_ABSOLUTE_ERROR, 2, List.of(1.0, 1.0)).zero();
        totals.add(new float[] {1, 2, 3, 4}, new float[] {0, 0, 5, 4}, 2);

        assertThat(totals.metrics(0).loss()).isEqualTo((1 + 2 + 2 + 0) / 4.0);
    }

    @Test
    void anInputToGiveBackIsScoredAsNumbers() {
        Scoring scoring = Scoring.of(Loss.BINARY_CROSSENTROPY, new Target.Input(), 4);

        assertThat(scoring.metrics()).containsExactly("loss", "mse", "rmse", "mae", "r2");
    }

    @Test
    void constantTargetsHaveTheR2OfScikitLearn() {
        Scoring scoring = new Scoring.Regression(Loss.MEAN_SQUARED_ERROR, 1, List.of(1.0));
        Totals wrong = scoring.zero();
        wrong.add(new float[] {3, 4}, new float[] {3.3f, 3.3f}, 2);
        Totals right = scoring.zero();
        right.add(new float[] {3.3f, 3.3f, 3.3f}, new float[] {3.3f, 3.3f, 3.3f}, 3);

        assertThat(wrong.metrics(0).value("r2")).hasValue(0);
        assertThat(right.metrics(0).value("r2")).hasValue(1);
    }
}
