package dev.starling.worker.network.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.ParameterBlock;
import java.util.Random;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** A network of one output in double precision, as DL4J and our own functions train it, on one random batch. */
final class GradientCheck {
    private static final int EXAMPLES = 5;
    private static final double STEP = 1e-6;

    private final NetworkSpec spec;
    private final NetworkLayout layout;
    private final Model network;
    private final INDArray features;
    private final INDArray targets;

    GradientCheck(NetworkSpec spec) {
        this.spec = spec;
        this.layout = NetworkLayout.of(spec);
        this.network = Dl4jNetwork.model(spec, DataType.DOUBLE);
        Layer[] layers = network instanceof ComputationGraph graph
                ? graph.getLayers()
                : ((MultiLayerNetwork) network).getLayers();
        OwnFunctions.install(layers, layout, spec.loss()).forEach(drawing -> drawing.seed(3));
        SharedSlopes.into(network, spec);
        Random random = new Random(7);
        for (ParameterBlock block : layout.blocks()) {
            for (int i = block.offset(); i < block.offset() + block.length(); i++) {
                boolean variance = block.kind() == ParameterBlock.Kind.RUNNING_VARIANCE;
                network.params().putScalar(i, variance ? 1 : 0.5 * random.nextGaussian());
            }
        }
        this.features = Nd4j.create(DataType.DOUBLE, Dl4jNetwork.inputShape(spec, EXAMPLES));
        fill(features.reshape(features.length()), random);
        this.targets = targets(random);
    }

    private INDArray targets(Random random) {
        int outputs = layout.output().size();
        INDArray made = Nd4j.create(DataType.DOUBLE, EXAMPLES, outputs);
        for (int row = 0; row < EXAMPLES; row++) {
            if (spec.loss() == Loss.CATEGORICAL_CROSSENTROPY) {
                made.putScalar(row, random.nextInt(outputs), 1);
            } else {
                for (int k = 0; k < outputs; k++) {
                    made.putScalar(row, k, target(spec.loss(), random));
                }
            }
        }
        return made;
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

    /** DL4J's own loss. */
    double score() {
        DataSet batch = new DataSet(features, targets);
        return network instanceof ComputationGraph graph
                ? graph.score(batch, true)
                : ((MultiLayerNetwork) network).score(batch, true);
    }

    /** By DL4J, of the mean over examples. */
    double[] gradient() {
        INDArray sums;
        if (network instanceof ComputationGraph graph) {
            graph.setInputs(features);
            graph.setLabels(targets);
            graph.computeGradientAndScore();
            sums = graph.getFlattenedGradients();
        } else {
            MultiLayerNetwork sequence = (MultiLayerNetwork) network;
            sequence.setInput(features);
            sequence.setLabels(targets);
            sequence.computeGradientAndScore();
            sums = sequence.getFlattenedGradients();
        }
        return sums.dup().divi(EXAMPLES).toDoubleVector();
    }

    private INDArray output() {
        return network instanceof ComputationGraph graph
                ? graph.output(true, features.dup())[0]
                : ((MultiLayerNetwork) network).output(features.dup(), true);
    }

    /**
     * Of the gradient against differences, all values together; fails where a single one is far off, or all are 0.
     *
     * @param most values of each block that are looked at, over all of it
     */
    double relativeError(int most) {
        double[] gradient = gradient();
        double off = 0;
        double norm = 0;
        for (ParameterBlock block : layout.blocks()) {
            int stride = Math.max(1, block.length() / most);
            for (int i = block.offset(); block.trainable() && i < block.offset() + block.length(); i += stride) {
                double difference = difference(i);
                assertThat(gradient[i])
                        .as("%s %s, value %d", block.layer(), block.kind(), i)
                        .isCloseTo(difference, within(1e-7 + 1e-5 * Math.abs(difference)));
                off += Math.pow(gradient[i] - difference, 2);
                norm += difference * difference;
            }
        }
        assertThat(norm).as("a gradient that is not zero").isGreaterThan(1e-8);
        return Math.sqrt(off / norm);
    }

    double difference(int i) {
        return Differences.of(this::loss, network.params(), i, STEP);
    }

    /** The contract's loss, written out: mean over examples and, but for categorical cross-entropy, over outputs. */
    double loss() {
        INDArray given = output();
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
