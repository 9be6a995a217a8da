package dev.starling.worker.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.Set;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What DL4J gives in double precision for layers of noise, learned slopes and places, against differences of the squared error written out. */
class LayerGradientTest {
    private static final int EXAMPLES = 5;

    private MultiLayerNetwork network;
    private INDArray features;
    private INDArray targets;

    static Set<String> names() {
        return LayerNetworks.all().keySet();
    }

    @ParameterizedTest
    @MethodSource("names")
    void gradientIsTheDifferenceToAMillionth(String name) {
        NetworkSpec spec = LayerNetworks.all().get(name);
        NetworkLayout layout = NetworkLayout.of(spec);
        prepare(spec, layout);
        double[] gradient = gradient();
        double off = 0;
        double norm = 0;
        for (ParameterBlock block : layout.blocks()) {
            // Of a large block so many as are differentiated in a moment, over all of it.
            int stride = Math.max(1, block.length() / 40);
            for (int i = block.offset(); i < block.offset() + block.length(); i += stride) {
                double difference = difference(i);
                off += Math.pow(gradient[i] / EXAMPLES - difference, 2);
                norm += difference * difference;
            }
        }
        assertThat(norm).isGreaterThan(1e-8);
        assertThat(Math.sqrt(off / norm)).isLessThanOrEqualTo(1e-6);
    }

    private void prepare(NetworkSpec spec, NetworkLayout layout) {
        network = Dl4jNetwork.build(spec, DataType.DOUBLE);
        OwnFunctions.install(network.getLayers(), layout, spec.loss()).forEach(drawing -> drawing.seed(3));
        Random random = new Random(7);
        for (int i = 0; i < layout.total(); i++) {
            network.params().putScalar(i, 0.4 * random.nextGaussian());
        }
        features = random(random, Dl4jNetwork.inputShape(spec, EXAMPLES));
        targets = random(random, EXAMPLES, layout.output().size());
    }

    private static INDArray random(Random random, long... shape) {
        INDArray array = Nd4j.create(DataType.DOUBLE, shape);
        INDArray flat = array.reshape(array.length());
        for (long i = 0; i < flat.length(); i++) {
            flat.putScalar(i, random.nextGaussian());
        }
        return array;
    }

    private double[] gradient() {
        network.setInput(features);
        network.setLabels(targets);
        network.computeGradientAndScore();
        return network.getFlattenedGradients().dup().toDoubleVector();
    }

    private double difference(int i) {
        double step = 1e-6;
        double value = network.params().getDouble(i);
        network.params().putScalar(i, value + step);
        double above = loss();
        network.params().putScalar(i, value - step);
        double below = loss();
        network.params().putScalar(i, value);
        return (above - below) / (2 * step);
    }

    private double loss() {
        INDArray given = network.output(features.dup(), true);
        double sum = 0;
        for (int row = 0; row < EXAMPLES; row++) {
            for (int k = 0; k < given.size(1); k++) {
                sum += Math.pow(given.getDouble(row, k) - targets.getDouble(row, k), 2);
            }
        }
        return sum / EXAMPLES / given.size(1);
    }
}
