package dev.starling.worker.network.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.worker.network.Graphs;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.ParameterBlock;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The gradient of a graph, in double precision, is the finite difference of the contract's loss to a millionth, block by block. */
class GraphGradientTest {
    private static final int EXAMPLES = 5;
    private static final double STEP = 1e-5;

    private final Random random = new Random(3);
    private NetworkSpec spec;
    private NetworkLayout layout;
    private ComputationGraph network;
    private INDArray features;
    private INDArray[] targets;

    static Stream<Arguments> graphs() {
        return Stream.of(
                Arguments.of("residual", Graphs.residual()),
                Arguments.of("branches", Graphs.branches()),
                Arguments.of("backwards", Graphs.backwards()),
                Arguments.of("two outputs", Graphs.twoOutputs()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("graphs")
    void gradientEqualsFiniteDifference(String name, NetworkSpec graph) {
        make(graph);
        network.setInputs(features);
        network.setLabels(targets);
        network.computeGradientAndScore();
        double[] gradient = network.getFlattenedGradients().dup().toDoubleVector();
        for (ParameterBlock block : layout.blocks()) {
            double error = 0;
            double norm = 0;
            for (int i = block.offset(); block.trainable() && i < block.offset() + block.length(); i++) {
                double difference = difference(i);
                error += Math.pow(gradient[i] / EXAMPLES - difference, 2);
                norm += difference * difference;
            }
            if (block.trainable() && norm > 1e-16) {
                assertThat(Math.sqrt(error / norm))
                        .as(block.layer() + " " + block.kind())
                        .isLessThan(1e-6);
            }
            boolean beforeNorm = block.layer().equals("a") && block.kind() == ParameterBlock.Kind.BIAS;
            assertThat(norm > 1e-16 || beforeNorm || !block.trainable())
                    .as(block.layer())
                    .isTrue();
        }
    }

    private void make(NetworkSpec graph) {
        spec = graph;
        layout = NetworkLayout.of(graph);
        network = Dl4jGraph.build(graph, DataType.DOUBLE);
        for (ParameterBlock block : layout.blocks()) {
            for (int i = block.offset(); i < block.offset() + block.length(); i++) {
                boolean variance = block.kind() == ParameterBlock.Kind.RUNNING_VARIANCE;
                network.params().putScalar(i, variance ? 1 : 0.5 * random.nextGaussian());
            }
        }
        features = Nd4j.create(DataType.DOUBLE, Dl4jNetwork.inputShape(graph, EXAMPLES));
        INDArray flat = features.reshape(features.length());
        for (long i = 0; i < flat.length(); i++) {
            flat.putScalar(i, random.nextGaussian());
        }
        targets = new INDArray[layout.ends().size()];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = targets(graph.lossOf(i), layout.outputSizes().get(i));
        }
    }

    private INDArray targets(Loss loss, int outputs) {
        INDArray made = Nd4j.create(DataType.DOUBLE, EXAMPLES, outputs);
        for (int row = 0; row < EXAMPLES; row++) {
            if (loss == Loss.CATEGORICAL_CROSSENTROPY) {
                made.putScalar(row, random.nextInt(outputs), 1);
            } else {
                for (int k = 0; k < outputs; k++) {
                    boolean binary = loss == Loss.BINARY_CROSSENTROPY;
                    made.putScalar(row, k, binary ? random.nextInt(2) : random.nextGaussian());
                }
            }
        }
        return made;
    }

    private double difference(int i) {
        return Differences.of(this::loss, network.params(), i, STEP);
    }

    /** Written out: the sum over outputs of the mean over examples and, but for categorical cross-entropy, over an output's values. */
    private double loss() {
        INDArray[] given = network.output(true, features.dup());
        double sum = 0;
        for (int i = 0; i < given.length; i++) {
            for (int row = 0; row < EXAMPLES; row++) {
                for (int k = 0; k < given[i].size(1); k++) {
                    double one = loss(spec.lossOf(i), given[i].getDouble(row, k), targets[i].getDouble(row, k));
                    sum += spec.lossOf(i) == Loss.CATEGORICAL_CROSSENTROPY ? one : one / given[i].size(1);
                }
            }
        }
        return sum / EXAMPLES;
    }

    private static double loss(Loss loss, double y, double t) {
        if (loss == Loss.CATEGORICAL_CROSSENTROPY) {
            return -t * Math.log(y);
        }
        return loss == Loss.BINARY_CROSSENTROPY ? -t * Math.log(y) - (1 - t) * Math.log(1 - y) : (y - t) * (y - t);
    }
}
