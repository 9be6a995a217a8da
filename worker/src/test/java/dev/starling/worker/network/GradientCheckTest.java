package dev.starling.worker.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.worker.network.Activation.Simple;
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
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Every gradient that a built network gives equals the finite difference of the contract's loss, in double precision. */
class GradientCheckTest {
    private static final int EXAMPLES = 5;

    static Stream<Arguments> activationsInside() {
        List<Activation> all = new ArrayList<>(List.of(Simple.values()));
        all.remove(Simple.THRESHOLD);
        all.add(new Activation.LeakyRelu(0.2));
        all.add(new Activation.Elu(1));
        all.add(new Activation.Elu(0.3));
        all.add(new Activation.RandomizedRelu(0.1, 0.6));
        return all.stream()
                .map(a -> Arguments.of(
                        a.label(),
                        new NetworkSpec(
                                new Shape.Flat(4),
                                List.of(
                                        Networks.dense(5, a),
                                        new ActivationLayer("again", a),
                                        Networks.dense(3, Simple.SOFTMAX)),
                                Loss.CATEGORICAL_CROSSENTROPY)));
    }

    static Stream<Arguments> losses() {
        return Stream.of(
                Arguments.of("one sigmoid", ending(Networks.dense(1, Simple.SIGMOID), Loss.BINARY_CROSSENTROPY)),
                Arguments.of("three sigmoids", ending(Networks.dense(3, Simple.SIGMOID), Loss.BINARY_CROSSENTROPY)),
                Arguments.of("softmax", ending(Networks.dense(3, Simple.SOFTMAX), Loss.CATEGORICAL_CROSSENTROPY)),
                Arguments.of("squared", ending(Networks.dense(3, Simple.LINEAR), Loss.MEAN_SQUARED_ERROR)),
                Arguments.of("squared tanh", ending(Networks.dense(3, Simple.TANH), Loss.MEAN_SQUARED_ERROR)),
                Arguments.of("absolute", ending(Networks.dense(3, Simple.LINEAR), Loss.MEAN_ABSOLUTE_ERROR)),
                Arguments.of(
                        "softmax apart",
                        ending(new ActivationLayer("soft", Simple.SOFTMAX), Loss.CATEGORICAL_CROSSENTROPY)),
                Arguments.of(
                        "sigmoid apart", ending(new ActivationLayer("s", Simple.SIGMOID), Loss.BINARY_CROSSENTROPY)),
                Arguments.of(
                        "logarithmic", ending(Networks.dense(3, Simple.SOFTPLUS), Loss.MEAN_SQUARED_LOGARITHMIC_ERROR)),
                Arguments.of(
                        "percentage", ending(Networks.dense(3, Simple.LINEAR), Loss.MEAN_ABSOLUTE_PERCENTAGE_ERROR)),
                Arguments.of("huber", ending(Networks.dense(3, Simple.LINEAR), Loss.HUBER)),
                Arguments.of("log cosh", ending(Networks.dense(3, Simple.LINEAR), Loss.LOG_COSH)),
                Arguments.of("hinge", ending(Networks.dense(3, Simple.TANH), Loss.HINGE)),
                Arguments.of("squared hinge", ending(Networks.dense(3, Simple.LINEAR), Loss.SQUARED_HINGE)),
                Arguments.of("poisson", ending(Networks.dense(3, Simple.SOFTPLUS), Loss.POISSON)),
                Arguments.of("divergence", ending(Networks.dense(3, Simple.SOFTMAX), Loss.KL_DIVERGENCE)),
                Arguments.of("softmax squared", ending(Networks.dense(3, Simple.SOFTMAX), Loss.MEAN_SQUARED_ERROR)),
                Arguments.of("softmax binary", ending(Networks.dense(3, Simple.SOFTMAX), Loss.BINARY_CROSSENTROPY)),
                Arguments.of("norm at the end", ending(Networks.norm("n"), Loss.MEAN_SQUARED_ERROR)),
                Arguments.of(
                        "elu at the end", ending(Networks.dense(3, new Activation.Elu(1)), Loss.MEAN_SQUARED_ERROR)));
    }

    private static NetworkSpec ending(LayerSpec last, Loss loss) {
        return new NetworkSpec(new Shape.Flat(4), List.of(Networks.dense(4, Simple.TANH), last), loss);
    }

    static Stream<Arguments> convolutions() {
        return Stream.of(
                Arguments.of("images", Networks.smoothCnn()),
                Arguments.of("series", Networks.smoothSeries()),
                Arguments.of(
                        "strides and maxima",
                        new NetworkSpec(
                                new Shape.Image(8, 7, 2),
                                List.of(
                                        Networks.conv("c", 3, 3, 2, Padding.SAME, Simple.TANH),
                                        Networks.pool(Pooling.MAX, 2, 1, Padding.VALID),
                                        new Flatten("f"),
                                        Networks.dense(2, Simple.LINEAR)),
                                Loss.MEAN_SQUARED_ERROR)),
                Arguments.of(
                        "rows become images, larger and larger",
                        new NetworkSpec(
                                new Shape.Flat(3),
                                List.of(
                                        Networks.dense(8, Simple.TANH),
                                        new Reshape("square", new Shape.Image(2, 2, 2)),
                                        Networks.conv("c", 3, 2, 1, Padding.SAME, Simple.TANH),
                                        new UpSampling2d("up", 2, 3),
                                        Networks.conv("back", 1, 3, 1, Padding.SAME, Simple.SIGMOID)),
                                Loss.MEAN_SQUARED_ERROR)),
                Arguments.of(
                        "images become others",
                        new NetworkSpec(
                                new Shape.Image(4, 3, 2),
                                List.of(
                                        Networks.conv("c", 2, 3, 1, Padding.SAME, Simple.TANH),
                                        new Reshape("other", new Shape.Image(2, 3, 4)),
                                        Networks.conv("d", 2, 3, 1, Padding.SAME, Simple.TANH),
                                        new Reshape("row", new Shape.Flat(12))),
                                Loss.MEAN_SQUARED_ERROR)),
                Arguments.of(
                        "an image at the end",
                        new NetworkSpec(
                                new Shape.Image(4, 3, 2),
                                List.of(
                                        Networks.conv("c", 3, 3, 1, Padding.SAME, Simple.TANH),
                                        Networks.conv("back", 2, 3, 1, Padding.SAME, Simple.SIGMOID)),
                                Loss.MEAN_SQUARED_ERROR)),
                Arguments.of(
                        "an activated image at the end, by cross-entropy",
                        new NetworkSpec(
                                new Shape.Image(4, 3, 2),
                                List.of(
                                        Networks.conv("back", 2, 3, 1, Padding.SAME, Simple.LINEAR),
                                        new ActivationLayer("squash", Simple.SIGMOID)),
                                Loss.BINARY_CROSSENTROPY)),
                Arguments.of(
                        "flatten at the end",
                        new NetworkSpec(
                                new Shape.Image(3, 3, 1),
                                List.of(Networks.conv("c", 2, 2, 1, Padding.VALID, Simple.TANH), new Flatten("f")),
                                Loss.MEAN_SQUARED_ERROR)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"activationsInside", "losses", "convolutions"})
    void gradientEqualsFiniteDifference(String name, NetworkSpec spec) {
        NetworkLayout layout = NetworkLayout.of(spec);
        Check check = new Check(spec, layout);
        // Asked for alone: after a backward pass DL4J's own score of a loss layer is wrong, since its input was
        // overwritten.
        assertThat(check.network.score(new DataSet(check.features, check.targets), true))
                .isCloseTo(check.loss(), within(1e-9));
        check.network.setInput(check.features);
        check.network.setLabels(check.targets);
        check.network.computeGradientAndScore();
        double[] gradient = check.network.getFlattenedGradients().dup().toDoubleVector();
        double off = 0;
        double norm = 0;
        for (ParameterBlock block : layout.blocks()) {
            for (int i = block.offset(); block.trainable() && i < block.offset() + block.length(); i++) {
                double difference = check.difference(i);
                assertThat(gradient[i] / EXAMPLES)
                        .as("%s %s, value %d", block.layer(), block.kind(), i)
                        .isCloseTo(difference, within(1e-7 + 1e-5 * Math.abs(difference)));
                off += Math.pow(gradient[i] / EXAMPLES - difference, 2);
                norm += difference * difference;
            }
        }
        assertThat(norm).as("a gradient that is not zero").isGreaterThan(1e-8);
        assertThat(Math.sqrt(off / norm)).as("relative error").isLessThanOrEqualTo(1e-6);
    }

    @Test
    void aWrongGradientIsSeen() {
        NetworkSpec spec = Networks.xor();
        Check check = new Check(spec, NetworkLayout.of(spec));
        check.network.computeGradientAndScore();
        double wrong = -check.network.getFlattenedGradients().getDouble(0) / EXAMPLES;
        assertThat(Math.abs(wrong - check.difference(0))).isGreaterThan(1e-7);
    }

    /** A network in double precision on one random batch. */
    private static final class Check {
        private final NetworkSpec spec;
        private final MultiLayerNetwork network;
        private final INDArray features;
        private final INDArray targets;

        Check(NetworkSpec spec, NetworkLayout layout) {
            this.spec = spec;
            network = Dl4jNetwork.build(spec, DataType.DOUBLE);
            OwnFunctions.install(network.getLayers(), layout, spec.loss()).forEach(drawing -> drawing.seed(3));
            Random random = new Random(7);
            for (ParameterBlock block : layout.blocks()) {
                for (int i = block.offset(); i < block.offset() + block.length(); i++) {
                    boolean variance = block.kind() == ParameterBlock.Kind.RUNNING_VARIANCE;
                    network.params().putScalar(i, variance ? 1 : 0.5 * random.nextGaussian());
                }
            }
            features = Nd4j.create(DataType.DOUBLE, Dl4jNetwork.inputShape(spec, EXAMPLES));
            fill(features.reshape(features.length()), random);
            int outputs = layout.output().size();
            targets = Nd4j.create(DataType.DOUBLE, EXAMPLES, outputs);
            for (int row = 0; row < EXAMPLES; row++) {
                if (spec.loss() == Loss.CATEGORICAL_CROSSENTROPY) {
                    targets.putScalar(row, random.nextInt(outputs), 1);
                } else {
                    for (int k = 0; k < outputs; k++) {
                        targets.putScalar(row, k, target(spec.loss(), random));
                    }
                }
            }
            network.setInput(features);
            network.setLabels(targets);
        }

        private static double target(Loss loss, Random random) {
            return switch (loss) {
                case BINARY_CROSSENTROPY -> random.nextInt(2);
                case HINGE, SQUARED_HINGE -> 2 * random.nextInt(2) - 1;
                case POISSON, MEAN_SQUARED_LOGARITHMIC_ERROR -> 1 + random.nextInt(5);
                case KL_DIVERGENCE -> 0.1 + 0.8 * random.nextDouble();
                default -> random.nextGaussian();
            };
        }

        private static void fill(INDArray flat, Random random) {
            for (long i = 0; i < flat.length(); i++) {
                flat.putScalar(i, random.nextGaussian());
            }
        }

        double difference(int i) {
            double step = 1e-6;
            double value = network.params().getDouble(i);
            network.params().putScalar(i, value + step);
            double above = loss();
            network.params().putScalar(i, value - step);
            double below = loss();
            network.params().putScalar(i, value);
            return (above - below) / (2 * step);
        }

        /** The contract's loss, written out: mean over examples and, but for categorical cross-entropy, over outputs. */
        double loss() {
            INDArray given = network.output(features.dup(), true);
            double sum = 0;
            for (int row = 0; row < EXAMPLES; row++) {
                for (int k = 0; k < given.size(1); k++) {
                    sum += loss(given.getDouble(row, k), targets.getDouble(row, k));
                }
            }
            boolean sum1 = spec.loss() == Loss.CATEGORICAL_CROSSENTROPY || spec.loss() == Loss.KL_DIVERGENCE;
            return sum / EXAMPLES / (sum1 ? 1 : given.size(1));
        }

        private double loss(double y, double t) {
            double e = y - t;
            return switch (spec.loss()) {
                case CATEGORICAL_CROSSENTROPY -> -t * Math.log(y);
                case BINARY_CROSSENTROPY -> -t * Math.log(y) - (1 - t) * Math.log(1 - y);
                case MEAN_SQUARED_ERROR -> e * e;
                case MEAN_ABSOLUTE_ERROR -> Math.abs(e);
                case MEAN_SQUARED_LOGARITHMIC_ERROR -> Math.pow(Math.log(y + 1) - Math.log(t + 1), 2);
                case MEAN_ABSOLUTE_PERCENTAGE_ERROR -> 100 * Math.abs(e / t);
                case HUBER -> Math.abs(e) < 1 ? e * e / 2 : Math.abs(e) - 0.5;
                case LOG_COSH -> Math.log(Math.cosh(e));
                case HINGE -> Math.max(0, 1 - t * y);
                case SQUARED_HINGE -> Math.pow(Math.max(0, 1 - t * y), 2);
                case POISSON -> y - t * Math.log(y + 1e-7);
                case KL_DIVERGENCE -> t * Math.log(t / y);
                case PERCEPTRON -> throw new IllegalArgumentException("The perceptron's rule follows no derivative");
            };
        }
    }
}
