package dev.starling.worker.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The losses on numbers worked out by hand, and their derivatives against differences. */
class LossTest {
    @ParameterizedTest
    @CsvSource({
        // −ln 0.8; −ln 0.2; (0.8 − 1)²; |0.8 − 1|
        "CATEGORICAL_CROSSENTROPY, 0.8, 1, 0.2231435513142097",
        "BINARY_CROSSENTROPY, 0.8, 0, 1.6094379124341003",
        "MEAN_SQUARED_ERROR, 0.8, 1, 0.04",
        "MEAN_ABSOLUTE_ERROR, 0.8, 1, 0.2",
        // (ln 4 − ln 2)²; 100 · 1 ÷ 4
        "MEAN_SQUARED_LOGARITHMIC_ERROR, 3, 1, 0.4804530139182014",
        "MEAN_ABSOLUTE_PERCENTAGE_ERROR, 3, 4, 25",
        "HUBER, 0.5, 0, 0.125",
        "HUBER, 3, 0, 2.5",
        // ln cosh 1; 1 + 0.3, for a target of −1, and the same for 0; its square
        "LOG_COSH, 2, 1, 0.4337808304830271",
        "HINGE, 0.3, -1, 1.3",
        "HINGE, 0.3, 0, 1.3",
        "HINGE, 1.5, 1, 0",
        "SQUARED_HINGE, 0.3, -1, 1.69",
        // 2 − 3 ln 2; 0.5 ln (0.5 ÷ 0.25)
        "POISSON, 2, 3, -0.0794415416798357",
        "KL_DIVERGENCE, 0.25, 0.5, 0.34657359027997264",
        "PERCEPTRON, 1, 0, 1",
        "PERCEPTRON, 1, 1, 0",
    })
    void hasTheValueOfItsFormula(Loss loss, double output, double target, double expected) {
        assertThat(loss.ofOutput().value(output, target)).isCloseTo(expected, within(1e-6));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PERCEPTRON")
    void hasTheSlopeOfItsValue(Loss loss) {
        for (double[] at : new double[][] {{0.3, 1}, {0.7, 0.2}, {0.9, 0.95}}) {
            double step = 1e-6;
            double difference = (loss.ofOutput().value(at[0] + step, at[1])
                            - loss.ofOutput().value(at[0] - step, at[1]))
                    / (2 * step);
            assertThat(loss.ofOutput().slope(at[0], at[1])).isCloseTo(difference, within(1e-6));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNotANumberIsNotHidden(Loss loss) {
        assertThat(loss.ofOutput().slope(Double.NaN, 1)).isNaN();
    }

    @Test
    void rosenblattsRuleIsTheErrorOfTheAnswer() {
        assertThat(Loss.PERCEPTRON.ofOutput().slope(1, 0)).isEqualTo(1);
        assertThat(Loss.PERCEPTRON.ofOutput().slope(0, 1)).isEqualTo(-1);
        assertThat(Loss.PERCEPTRON.ofOutput().slope(1, 1)).isZero();
    }
}
