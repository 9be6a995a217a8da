package dev.starling.worker.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.starling.worker.InvalidInput;
import dev.starling.worker.network.Activation;
import dev.starling.worker.network.Activation.Simple;
import dev.starling.worker.network.ActivationLayer;
import dev.starling.worker.network.ActivityPenalty;
import dev.starling.worker.network.BatchNormalization;
import dev.starling.worker.network.Dense;
import dev.starling.worker.network.Dropout;
import dev.starling.worker.network.GaussianDropout;
import dev.starling.worker.network.GaussianNoise;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.network.Shape;
import dev.starling.worker.network.Weights;
import dev.starling.worker.plan.StepFactory;
import dev.starling.worker.step.Step;
import dev.starling.worker.step.StepChoice;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InspectionTest {
    private final SplittableRandom random = new SplittableRandom(5);

    @Test
    void singularValuesOfADiagonalAreItsEntries() {
        double[][] matrix = {{0, 3, 0}, {-4, 0, 0}};
        assertThat(SingularValues.of(matrix)).containsExactly(new double[] {4, 3}, within(1e-12));
    }

    @Test
    void singularValuesSurviveRotations() {
        double c = Math.cos(0.7);
        double s = Math.sin(0.7);
        double[][] matrix = {{5 * c, -2 * s}, {5 * s, 2 * c}, {0, 0}};
        assertThat(SingularValues.of(matrix)).containsExactly(new double[] {5, 2}, within(1e-9));
    }

    @Test
    void principalComponentsAreTheAxesOfAnEllipsoid() {
        float[] rows = new float[4000 * 3];
        double[][] axes = {{0.6, 0.8, 0}, {-0.8, 0.6, 0}, {0, 0, 1}};
        double[] lengths = {3, 1, 0.2};
        for (int r = 0; r < 4000; r++) {
            for (int a = 0; a < 3; a++) {
                double along = lengths[a] * gaussian();
                for (int j = 0; j < 3; j++) {
                    rows[r * 3 + j] += (float) (along * axes[a][j] + (a == 0 ? 10 * j : 0));
                }
            }
        }
        PrincipalComponents found = PrincipalComponents.fit(rows, 3, 2);
        assertThat(Math.abs(SingularValues.dot(found.components()[0], axes[0]))).isCloseTo(1, within(1e-3));
        assertThat(Math.abs(SingularValues.dot(found.components()[1], axes[1]))).isCloseTo(1, within(1e-3));
        assertThat(found.variances()[0]).isCloseTo(9, within(0.6));
        assertThat(found.totalVariance()).isCloseTo(10.04, within(0.6));
        float[] projected = found.project(rows);
        double sum = 0;
        for (int i = 0; i < projected.length; i += 2) {
            sum += projected[i] * projected[i] / 4000.0;
        }
        assertThat(sum).isCloseTo(found.variances()[0], within(1e-3));
    }

    private double gaussian() {
        double sum = -6;
        for (int i = 0; i < 12; i++) {
            sum += random.nextDouble();
        }
        return sum;
    }

    @Test
    void wideRowsHaveTheComponentsOfTheirCovariance() {
        float[] narrow = new float[50 * 4];
        float[] wide = new float[50 * 1100];
        for (int r = 0; r < 50; r++) {
            for (int j = 0; j < 4; j++) {
                narrow[r * 4 + j] = (float) ((4 - j) * gaussian());
                wide[r * 1100 + 300 * j] = narrow[r * 4 + j];
            }
        }
        PrincipalComponents expected = PrincipalComponents.fit(narrow, 4, 3);
        PrincipalComponents found = PrincipalComponents.fit(wide, 1100, 3);
        assertThat(found.variances()).containsExactly(expected.variances(), within(1e-6));
        assertThat(Math.abs(found.components()[1][300])).isCloseTo(Math.abs(expected.components()[1][1]), within(1e-5));
    }

    @Test
    void aPlaneThatSeparatesIsFound() {
        float[] rows = new float[2000];
        int[] labels = new int[1000];
        for (int i = 0; i < 1000; i++) {
            labels[i] = i % 3;
            double angle = 2 * Math.PI * labels[i] / 3;
            rows[2 * i] = (float) (100 + 5 * Math.cos(angle) + gaussian() * 0.5);
            rows[2 * i + 1] = (float) (0.01 * (5 * Math.sin(angle) + gaussian() * 0.5));
        }
        assertThat(LinearClassifier.fit(rows, labels, 3).accuracy(rows, labels)).isGreaterThan(0.995);
        int[] others = labels.clone();
        for (int i = 0; i < others.length; i++) {
            others[i] = random.nextInt(3);
        }
        assertThat(LinearClassifier.fit(rows, others, 3).accuracy(rows, others)).isLessThan(0.45);
    }

    /** With dropout, other noise, batch normalisation and a penalty, none of which is in force when it is looked at. */
    private static NetworkSpec network() {
        ActivityPenalty penalty = new ActivityPenalty(1, 0, 0, 0.5, 0);
        List<LayerSpec> layers = List.of(
                new Dropout("drop", 0.5),
                new GaussianNoise("noise", 0.5),
                new Dense("first", 5, Simple.TANH, Weights.DEFAULT.with(penalty)),
                new BatchNormalization("norm", 0.9, 1e-3),
                new ActivationLayer("random", new Activation.RandomizedRelu(0.1, 0.9)),
                new GaussianDropout("jitter", 0.3),
                new Dense("code", 3, Simple.SIGMOID, Weights.DEFAULT.with(penalty)),
                new Dense("back", 4, Simple.LINEAR, Weights.DEFAULT));
        return new NetworkSpec(new Shape.Flat(4), layers, Loss.MEAN_SQUARED_ERROR);
    }

    private float[] parameters(NetworkSpec network) {
        NetworkLayout layout = NetworkLayout.of(network);
        float[] values = new float[layout.total()];
        for (ParameterBlock block : layout.blocks()) {
            for (int i = block.offset(); i < block.offset() + block.length(); i++) {
                boolean variance = block.kind() == ParameterBlock.Kind.RUNNING_VARIANCE;
                values[i] = (float) (variance ? 0.5 + random.nextDouble() : gaussian());
            }
        }
        return values;
    }

    @Test
    void anEncoderGivesWhatTheNetworkGivesInside() {
        NetworkSpec network = network();
        Encoder encoder = Encoder.upTo(network, parameters(network), "code");
        assertThat(encoder.width()).isEqualTo(3);
        assertThat(Encoder.narrowest(network)).isEqualTo("code");
        assertThatThrownBy(() -> Encoder.upTo(network, new float[0], "kode"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("layer kode")
                .hasMessageContaining("drop, noise, first, norm, random, jitter, code, back");
    }

    @Test
    void theJacobianIsThatOfInference() {
        NetworkSpec network = network();
        Encoder encoder = Encoder.upTo(network, parameters(network), "code");
        float[] x = {0.3f, -0.2f, 0.9f, 0.1f};
        try (InputGradient gradient = new InputGradient(encoder);
                Step step = StepFactory.create(encoder.network(), 1, StepChoice.AUTO)) {
            step.parameters().set(encoder.parameters());
            gradient.at(x);
            assertThat(gradient.values()).containsExactly(codes(step, x), within(1e-6f));
            double[][] jacobian = gradient.jacobian();
            for (int j = 0; j < 4; j++) {
                float[] above = x.clone();
                float[] below = x.clone();
                above[j] += 0.01f;
                below[j] -= 0.01f;
                float[] high = codes(step, above);
                float[] low = codes(step, below);
                for (int unit = 0; unit < 3; unit++) {
                    assertThat(jacobian[unit][j]).isCloseTo((high[unit] - low[unit]) / 0.02, within(2e-3));
                }
            }
        }
    }

    private static float[] codes(Step step, float[] x) {
        step.features().set(0, x, 0, x.length);
        step.infer(1);
        return Arrays.copyOf(step.outputs().toArray(), 3);
    }

    @Test
    void theInputThatMaximisesASigmoidUnitIsAlongItsWeights() {
        List<LayerSpec> layers = List.of(new Dense("code", 2, Simple.SIGMOID, Weights.DEFAULT));
        NetworkSpec network = new NetworkSpec(new Shape.Flat(6), layers, Loss.MEAN_SQUARED_ERROR);
        float[] parameters = parameters(network);
        try (InputGradient gradient = new InputGradient(Encoder.upTo(network, parameters, "code"))) {
            float[] best = new UnitMaximizer(60, 2).maximize(gradient, 1, 6, 3);
            double along = 0;
            double weights = 0;
            double length = 0;
            for (int j = 0; j < 6; j++) {
                along += best[j] * parameters[6 + j];
                weights += parameters[6 + j] * parameters[6 + j];
                length += best[j] * best[j];
            }
            assertThat(Math.sqrt(length)).isCloseTo(2, within(1e-4));
            assertThat(along / Math.sqrt(weights * length)).isGreaterThan(0.9999);
        }
    }
}
