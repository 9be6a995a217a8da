package dev.starling.worker.plan;

import dev.starling.worker.loops.Loops;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.network.dl4j.Dl4jNetwork;
import dev.starling.worker.network.dl4j.OwnFunctions;
import dev.starling.worker.network.dl4j.Penalized;
import dev.starling.worker.network.dl4j.SharedSlopes;
import dev.starling.worker.step.ReferenceStep;
import dev.starling.worker.step.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** A network with parameters and a batch, the same for every step that is compared. */
final class Trial {
    private static final long SEED = 7;

    final NetworkSpec network;
    final NetworkLayout layout;
    final int rows;
    final float[] parameters;
    final float[] features;
    final float[] targets;

    Trial(NetworkSpec network, int rows, long seed) {
        this.network = network;
        this.layout = NetworkLayout.of(network);
        this.rows = rows;
        SplittableRandom random = new SplittableRandom(seed);
        this.parameters = parameters(random);
        this.features = new float[rows * network.input().size()];
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) random.nextDouble(-1, 1);
        }
        this.targets = targets(random);
    }

    private float[] parameters(SplittableRandom random) {
        float[] values = new float[layout.total()];
        for (ParameterBlock block : layout.blocks()) {
            double scale = block.kind() == ParameterBlock.Kind.KERNEL ? Math.sqrt(2.0 / (block.fanIn() + 1)) : 0.3;
            double centre =
                    switch (block.kind()) {
                        case GAMMA, RUNNING_VARIANCE -> 1;
                        default -> 0;
                    };
            for (int i = 0; i < block.length(); i++) {
                values[block.offset() + i] = (float) (centre + scale * random.nextDouble(-0.9, 0.9));
            }
        }
        return values;
    }

    private float[] targets(SplittableRandom random) {
        int outputs = layout.output().size();
        float[] values = new float[rows * outputs];
        for (int r = 0; r < rows; r++) {
            switch (network.loss()) {
                case CATEGORICAL_CROSSENTROPY -> values[r * outputs + random.nextInt(outputs)] = 1;
                case BINARY_CROSSENTROPY -> {
                    for (int j = 0; j < outputs; j++) {
                        values[r * outputs + j] = random.nextInt(2);
                    }
                }
                default -> {
                    for (int j = 0; j < outputs; j++) {
                        values[r * outputs + j] = target(random);
                    }
                }
            }
        }
        return values;
    }

    private float target(SplittableRandom random) {
        return switch (network.loss()) {
            case HINGE, SQUARED_HINGE -> 2 * random.nextInt(2) - 1;
            case POISSON, MEAN_SQUARED_LOGARITHMIC_ERROR -> random.nextInt(5);
            case KL_DIVERGENCE -> (float) random.nextDouble(0.1, 0.9);
            case MEAN_ABSOLUTE_PERCENTAGE_ERROR -> (float) random.nextDouble(0.5, 1.5);
            case PERCEPTRON -> random.nextInt(2);
            default -> (float) random.nextDouble(-1, 1);
        };
    }

    PlannedStep planned(int batchSize, Loops loops) throws Unplannable {
        PlannedStep step = new PlannedStep(network, batchSize, loops, true);
        fill(step);
        return step;
    }

    ReferenceStep reference() {
        ReferenceStep step = new ReferenceStep(network, rows);
        fill(step);
        return step;
    }

    void fill(Step step) {
        step.parameters().set(parameters);
        step.features().set(0, features, 0, features.length);
        step.targets().set(0, targets, 0, targets.length);
    }

    float[] gradient(Step step) {
        step.train(rows, SEED);
        return step.gradient().toArray();
    }

    /** DL4J's mean gradient in double precision; without meaning where running statistics lie. */
    double[] doubleGradient() {
        Model net = Dl4jNetwork.model(network, DataType.DOUBLE);
        Layer[] layers =
                net instanceof ComputationGraph graph ? graph.getLayers() : ((MultiLayerNetwork) net).getLayers();
        OwnFunctions.install(layers, layout, network.loss()).forEach(drawing -> drawing.seed(SEED));
        SharedSlopes.into(net, network);
        Penalized.into(net, network);
        double[] start = new double[parameters.length];
        for (int i = 0; i < start.length; i++) {
            start[i] = parameters[i];
        }
        net.setParams(Nd4j.createFromArray(start));
        long[] shape = Dl4jNetwork.inputShape(network, rows);
        INDArray input = Nd4j.createFromArray(features).castTo(DataType.DOUBLE).reshape(shape);
        INDArray labels = Nd4j.createFromArray(targets)
                .castTo(DataType.DOUBLE)
                .reshape(rows, layout.output().size());
        double[] sums;
        if (net instanceof ComputationGraph graph) {
            graph.setInputs(input);
            graph.setLabels(split(labels));
            graph.computeGradientAndScore();
            sums = graph.getFlattenedGradients().toDoubleVector();
        } else {
            MultiLayerNetwork sequence = (MultiLayerNetwork) net;
            sequence.setInput(input);
            sequence.setLabels(labels);
            sequence.computeGradientAndScore();
            sums = sequence.getFlattenedGradients().toDoubleVector();
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= rows;
        }
        return sums;
    }

    private INDArray[] split(INDArray labels) {
        List<INDArray> parts = new ArrayList<>();
        int from = 0;
        for (int size : layout.outputSizes()) {
            parts.add(labels.get(NDArrayIndex.all(), NDArrayIndex.interval(from, from + size))
                    .dup('c'));
            from += size;
        }
        return parts.toArray(INDArray[]::new);
    }

    /** ‖a − b‖ ÷ ‖b‖ over one block. */
    static double distance(ParameterBlock block, float[] a, double[] b) {
        double difference = 0;
        double norm = 0;
        for (int i = block.offset(); i < block.offset() + block.length(); i++) {
            difference += (a[i] - b[i]) * (a[i] - b[i]);
            norm += b[i] * b[i];
        }
        return Math.sqrt(difference / Math.max(norm, 1e-30));
    }

    static double norm(ParameterBlock block, double[] b) {
        double norm = 0;
        for (int i = block.offset(); i < block.offset() + block.length(); i++) {
            norm += b[i] * b[i];
        }
        return Math.sqrt(norm);
    }

    static FlatVector vector(float[] values) {
        FlatVector vector = FlatVector.allocate(values.length);
        vector.set(values);
        return vector;
    }
}
