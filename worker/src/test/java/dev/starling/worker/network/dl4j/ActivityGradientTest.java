package dev.starling.worker.network.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.worker.network.Activation;
import dev.starling.worker.network.Activation.Simple;
import dev.starling.worker.network.ActivityPenalty;
import dev.starling.worker.network.Dense;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.Networks;
import dev.starling.worker.network.Shape;
import dev.starling.worker.network.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Loss and gradient with penalties on activations, in double precision: the cost is the formula written out, the gradient its finite difference. */
class ActivityGradientTest {
    private static final int EXAMPLES = 6;
    private static final double WEIGHT = 0.7;

    static Stream<Arguments> penalties() {
        List<Arguments> all = new ArrayList<>(List.of(
                Arguments.of("l1", new ActivityPenalty(WEIGHT, 0, 0, 0.5, 0), Simple.TANH),
                Arguments.of("l2", new ActivityPenalty(0, WEIGHT, 0, 0.5, 0), Simple.TANH),
                Arguments.of("kl", new ActivityPenalty(0, 0, WEIGHT, 0.05, 0), Simple.SIGMOID),
                Arguments.of("all of them", new ActivityPenalty(0.1, 0.2, 0.3, 0.1, 0.4), Simple.SIGMOID)));
        List<Activation> functions = List.of(
                Simple.SIGMOID,
                Simple.TANH,
                Simple.LINEAR,
                Simple.RELU,
                Simple.SOFTPLUS,
                Simple.SOFTSIGN,
                Simple.SELU,
                new Activation.LeakyRelu(0.2),
                new Activation.Elu(1));
        functions.forEach(
                f -> all.add(Arguments.of("contractive " + f.label(), new ActivityPenalty(0, 0, 0, 0.5, WEIGHT), f)));
        return all.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("penalties")
    void gradientEqualsFiniteDifference(String name, ActivityPenalty penalty, Activation activation) {
        Check check = new Check(penalty, activation);
        double[] gradient = check.gradient();
        double[] without = new Check(ActivityPenalty.NONE, activation).gradient();
        double largest = 0;
        double part = 0;
        for (int i = 0; i < gradient.length; i++) {
            double difference = check.difference(i);
            assertThat(gradient[i]).as("value %d", i).isCloseTo(difference, within(1e-8 + 1e-6 * Math.abs(difference)));
            largest = Math.max(largest, Math.abs(difference));
            part = Math.max(part, Math.abs(gradient[i] - without[i]));
        }
        assertThat(largest).isGreaterThan(1e-3);
        assertThat(part).as("the penalty has a part in it").isGreaterThan(1e-3);
    }

    @Test
    void theDivergenceIsTheNotesFormulaOverTheBatchsMeans() {
        Check check = new Check(new ActivityPenalty(0, 0, 2, 0.05, 0), Simple.SIGMOID);
        double expected = 0;
        INDArray means = check.hidden().mean(0);
        for (int unit = 0; unit < means.length(); unit++) {
            double q = means.getDouble(unit);
            expected += 2 * (0.05 * Math.log(0.05 / q) + 0.95 * Math.log(0.95 / (1 - q)));
        }
        check.loss();
        assertThat(check.penalized.cost()).isCloseTo(expected, within(1e-12));
    }

    @Test
    void aContractivePenaltyIsTheSquaredNormOfTheJacobian() {
        Check check = new Check(new ActivityPenalty(0, 0, 0, 0.5, 3), Simple.SIGMOID);
        double expected = 0;
        double h = 1e-5;
        for (int j = 0; j < 5; j++) {
            INDArray above = check.hidden(j, h);
            INDArray below = check.hidden(j, -h);
            INDArray derivative = above.sub(below).divi(2 * h);
            expected += 3 * derivative.mul(derivative).sumNumber().doubleValue() / EXAMPLES;
        }
        check.loss();
        assertThat(check.penalized.cost()).isCloseTo(expected, within(1e-7));
    }

    /** A network with a penalty in its second layer, on one random batch. */
    private static final class Check {
        private final MultiLayerNetwork network;
        private final Penalized penalized;
        private final INDArray features = Nd4j.create(DataType.DOUBLE, EXAMPLES, 4);
        private final INDArray targets = Nd4j.create(DataType.DOUBLE, EXAMPLES, 3);

        Check(ActivityPenalty penalty, Activation activation) {
            NetworkSpec spec = new NetworkSpec(
                    new Shape.Flat(4),
                    List.of(
                            Networks.dense(5, Simple.TANH),
                            new Dense("penalized", 4, activation, Weights.DEFAULT.with(penalty)),
                            Networks.dense(3, Simple.LINEAR)),
                    Loss.MEAN_SQUARED_ERROR);
            network = Dl4jNetwork.build(spec, DataType.DOUBLE);
            penalized = Penalized.into(network, spec);
            Random random = new Random(11);
            for (INDArray values : List.of(network.params(), features, targets)) {
                INDArray flat = values.reshape(values.length());
                for (int i = 0; i < flat.length(); i++) {
                    flat.putScalar(i, 0.6 * random.nextGaussian());
                }
            }
        }

        double[] gradient() {
            network.setInput(features);
            network.setLabels(targets);
            network.computeGradientAndScore();
            return network.getFlattenedGradients().dup().divi(EXAMPLES).toDoubleVector();
        }

        double difference(int i) {
            return Differences.of(this::loss, network.params(), i, 1e-5);
        }

        double loss() {
            INDArray error = network.output(features.dup(), true).sub(targets);
            return error.mul(error).meanNumber().doubleValue() + penalized.cost();
        }

        INDArray hidden() {
            return network.feedForward(features.dup(), false).get(2);
        }

        /** Of the penalized layer, if value j of its input were another. */
        INDArray hidden(int j, double change) {
            INDArray input = network.feedForward(features.dup(), false).get(1).dup();
            for (int row = 0; row < EXAMPLES; row++) {
                input.putScalar(row, j, input.getDouble(row, j) + change);
            }
            INDArray z = input.mmul(network.getParam("1_W"))
                    .addRowVector(network.getParam("1_b").reshape(4));
            return Transforms.sigmoid(z, true);
        }
    }
}
