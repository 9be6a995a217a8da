package dev.starling.worker.network;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
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
     * All parameters are zero: {@link ParameterInitializer} or stored values fill them.
     *
     * @throws dev.starling.worker.InvalidInput if sizes do not fit
     */
    public static MultiLayerNetwork build(NetworkSpec spec) {
        return build(spec, DataType.FLOAT);
    }

    /** @param parameters as many as the layout's total, in its order; copied */
    public static MultiLayerNetwork build(NetworkSpec spec, float[] parameters) {
        MultiLayerNetwork network = build(spec);
        if (parameters.length != network.params().length()) {
            throw new IllegalArgumentException("Cannot build network: " + parameters.length + " parameters (expected "
                    + network.params().length() + ")");
        }
        Dl4jMemory.of(network.params()).set(parameters);
        return network;
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

    private static MultiLayerConfiguration configuration(NetworkSpec spec, NetworkLayout layout, DataType type) {
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .dataType(type)
                .weightInit(WeightInit.XAVIER_UNIFORM)
                .activation(Activation.IDENTITY)
                .updater(new Sgd(0.01))
                .trainingWorkspaceMode(WorkspaceMode.ENABLED)
                .inferenceWorkspaceMode(inferenceWorkspaces(layout))
                .list();
        int index = 0;
        for (int i = 0; i < layout.layers().size(); i++) {
            LayerLayout layer = layout.layers().get(i);
            boolean last = i == layout.layers().size() - 1;
            if (layer.spec() instanceof Flatten) {
                flatten(list, index, layer.input());
            } else {
                list.layer(index++, last ? Dl4jLayers.ending(layer, spec.loss(), type) : Dl4jLayers.inner(layer));
            }
            if (last && !Dl4jLayers.endsWithLoss(layer.spec())) {
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
                        .filter(spec -> !(spec instanceof Flatten))
                        .takeWhile(spec -> spec instanceof ActivationLayer || spec instanceof Dropout)
                        .count()
                > 1;
        return passes ? WorkspaceMode.NONE : WorkspaceMode.ENABLED;
    }

    /** DL4J flattens by a preprocessor of the next layer. */
    private static void flatten(NeuralNetConfiguration.ListBuilder list, int next, Shape input) {
        if (input instanceof Shape.Image image) {
            list.inputPreProcessor(
                    next, new CnnToFeedForwardPreProcessor(image.height(), image.width(), image.channels()));
        } else if (input instanceof Shape.Sequence sequence) {
            list.inputPreProcessor(next, new CnnToFeedForwardPreProcessor(sequence.length(), 1, sequence.channels()));
        }
    }
}
