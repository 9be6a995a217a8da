package dev.starling.worker.network.dl4j;

import dev.starling.worker.network.ActivationLayer;
import dev.starling.worker.network.Dropout;
import dev.starling.worker.network.Flatten;
import dev.starling.worker.network.GaussianDropout;
import dev.starling.worker.network.GaussianNoise;
import dev.starling.worker.network.LayerLayout;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.ParameterInitializer;
import dev.starling.worker.network.Reshape;
import dev.starling.worker.network.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.ComposableInputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * A spec as a network of stock DL4J classes only, so that {@code model.zip} is read anywhere. Its input is [examples, units] or [examples, channels,
 * height, width] (a series has width 1). Optimiser, penalties and first values are Starling's own; the configuration names plain SGD and
 * Glorot's uniform distribution for those who go on with DL4J alone.
 */
public final class Dl4jNetwork {
    private Dl4jNetwork() {}

    /**
     * A {@code MultiLayerNetwork} of a sequence, unless a concatenated ReLU makes several vertices of it, else a {@code ComputationGraph}; all parameters are zero.
     *
     * @throws dev.starling.worker.InvalidInput if sizes do not fit
     */
    public static Model model(NetworkSpec spec) {
        return model(spec, DataType.FLOAT);
    }

    /**
     * What is stored: as {@link #model(NetworkSpec)}, but for a perceptron, whose threshold is several vertices of a graph.
     *
     * @param parameters as many as the layout's total, in its order; copied
     */
    public static Model model(NetworkSpec spec, float[] parameters) {
        boolean threshold = spec.lossOf(0) == Loss.PERCEPTRON;
        return filled(threshold ? PerceptronGraph.build(NetworkLayout.of(spec)) : model(spec), parameters);
    }

    /** @param type DOUBLE to check gradients; no oneDNN path has it */
    public static Model model(NetworkSpec spec, DataType type) {
        boolean stacks = spec.wiring().isSequence() && spec.layers().stream().noneMatch(Dl4jLayers::isConcatenated);
        return stacks ? build(spec, type) : Dl4jGraph.build(spec, type);
    }

    private static <M extends Model> M filled(M network, float[] parameters) {
        if (parameters.length != network.params().length()) {
            throw new IllegalArgumentException("Cannot build network: " + parameters.length + " parameters (expected "
                    + network.params().length() + ")");
        }
        Dl4jMemory.of(network.params()).set(parameters);
        return network;
    }

    /**
     * A sequence. All parameters are zero: {@link ParameterInitializer} or stored values fill them.
     *
     * @throws dev.starling.worker.InvalidInput if sizes do not fit
     */
    public static MultiLayerNetwork build(NetworkSpec spec) {
        return build(spec, DataType.FLOAT);
    }

    /** @param parameters as many as the layout's total, in its order; copied */
    public static MultiLayerNetwork build(NetworkSpec spec, float[] parameters) {
        return filled(build(spec), parameters);
    }

    /** @param type DOUBLE to check gradients; no oneDNN path has it */
    public static MultiLayerNetwork build(NetworkSpec spec, DataType type) {
        NetworkLayout layout = NetworkLayout.of(spec);
        MultiLayerNetwork network = new MultiLayerNetwork(configuration(spec, layout, type));
        // With an array given DL4J draws no first values, which for a large network takes longer than a step.
        network.init(Nd4j.create(type, layout.total()), false);
        return network;
    }

    /** Shape of an array of examples as the network takes it. */
    public static long[] inputShape(NetworkSpec spec, long examples) {
        if (spec.input() instanceof Shape.Sequence sequence) {
            return new long[] {examples, sequence.channels(), sequence.length(), 1};
        }
        if (spec.input() instanceof Shape.Image image) {
            return new long[] {examples, image.channels(), image.height(), image.width()};
        }
        return new long[] {examples, spec.input().size()};
    }

    /** What all layers have in common. */
    static NeuralNetConfiguration.Builder settings(NetworkLayout layout, DataType type) {
        return new NeuralNetConfiguration.Builder()
                .dataType(type)
                .weightInit(WeightInit.XAVIER_UNIFORM)
                .activation(Activation.IDENTITY)
                .updater(new Sgd(0.01))
                .trainingWorkspaceMode(WorkspaceMode.ENABLED)
                .inferenceWorkspaceMode(inferenceWorkspaces(layout));
    }

    private static MultiLayerConfiguration configuration(NetworkSpec spec, NetworkLayout layout, DataType type) {
        NeuralNetConfiguration.ListBuilder list = settings(layout, type).list();
        int index = 0;
        Shape lies = spec.input();
        for (int i = 0; i < layout.layers().size(); i++) {
            LayerLayout layer = layout.layers().get(i);
            boolean last = i == layout.layers().size() - 1;
            if (!isSeenOtherwise(layer)) {
                reshape(list, index, lies, layer.input());
                lies = layer.output();
                boolean holdsLoss = last && Dl4jLayers.endsWithLoss(layer);
                list.layer(index++, holdsLoss ? Dl4jLayers.ending(layer, spec.loss(), type) : Dl4jLayers.inner(layer));
            }
            if (last && !Dl4jLayers.endsWithLoss(layer)) {
                reshape(list, index, lies, new Shape.Flat(layer.output().size()));
                list.layer(index++, Dl4jLayers.loss(layout.output(), spec.loss(), type));
            }
        }
        return list.validateOutputLayerConfig(false).build();
    }

    /**
     * Activation and dropout layers hand the user's own array through at inference. DL4J takes that from its first layer, and from a second
     * layer only if it uses no work spaces (else: "array is defined in incorrect workspace").
     */
    private static WorkspaceMode inferenceWorkspaces(NetworkLayout layout) {
        boolean passes = layout.layers().stream()
                        .map(LayerLayout::spec)
                        .filter(spec -> !(spec instanceof Flatten || spec instanceof Reshape) && !spec.joins())
                        .takeWhile(Dl4jNetwork::handsThrough)
                        .count()
                > 1;
        return passes ? WorkspaceMode.NONE : WorkspaceMode.ENABLED;
    }

    private static boolean handsThrough(LayerSpec spec) {
        return spec instanceof ActivationLayer
                || spec instanceof Dropout
                || spec instanceof GaussianNoise
                || spec instanceof GaussianDropout;
    }

    /** Layers that move nothing: what comes next sees the values in another shape. */
    private static boolean isSeenOtherwise(LayerLayout layer) {
        return layer.spec() instanceof Flatten || layer.spec() instanceof Reshape;
    }

    /** DL4J flattens, and makes images of rows, by preprocessors of the next layer. */
    private static void reshape(NeuralNetConfiguration.ListBuilder list, int next, Shape lies, Shape wanted) {
        reshaping(lies, wanted).ifPresent(reshaping -> list.inputPreProcessor(next, reshaping));
    }

    /** What makes values of one shape be seen in another; empty where they are alike. */
    static Optional<InputPreProcessor> reshaping(Shape lies, Shape wanted) {
        List<InputPreProcessor> steps = new ArrayList<>();
        if (lies.equals(wanted)) {
            return Optional.empty();
        }
        if (!(lies instanceof Shape.Flat)) {
            int[] size = heightWidthChannels(lies);
            steps.add(new CnnToFeedForwardPreProcessor(size[0], size[1], size[2]));
        }
        if (!(wanted instanceof Shape.Flat)) {
            int[] size = heightWidthChannels(wanted);
            steps.add(new FeedForwardToCnnPreProcessor(size[0], size[1], size[2]));
        }
        return steps.size() < 2
                ? steps.stream().findFirst()
                : Optional.of(new ComposableInputPreProcessor(steps.toArray(InputPreProcessor[]::new)));
    }

    /** A series has width 1. */
    private static int[] heightWidthChannels(Shape shape) {
        List<Integer> sizes = shape.dimensions();
        int width = sizes.size() == 3 ? sizes.get(1) : 1;
        return new int[] {sizes.get(0), width, shape.channels()};
    }
}
