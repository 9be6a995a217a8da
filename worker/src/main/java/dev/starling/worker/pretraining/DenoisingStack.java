package dev.starling.worker.pretraining;

import dev.starling.worker.InvalidInput;
import dev.starling.worker.data.Seeds;
import dev.starling.worker.gang.PretrainingSpec;
import dev.starling.worker.gang.TrainingSpec;
import dev.starling.worker.inspection.Encoder;
import dev.starling.worker.network.Activation;
import dev.starling.worker.network.Dense;
import dev.starling.worker.network.Dropout;
import dev.starling.worker.network.LayerLayout;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.network.Shape;
import dev.starling.worker.network.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The stages of a stacked denoising autoencoder over a network's hidden dense layers. */
public final class DenoisingStack {
    private static final String CORRUPTION = "corruption";
    private static final String BACK = "reconstruction";

    private DenoisingStack() {}

    /**
     * One layer's training: from the layer's input, part of it zeroed, through the layer and a linear decoder back to that input, whole, by the mean squared error.
     *
     * @param number from 0
     * @param layer whose weights are trained
     * @param below the last layer before it, through which its inputs come; none where they are the network's own
     * @param network over what comes from below
     */
    public record Stage(int number, LayerLayout layer, Optional<String> below, NetworkSpec network) {
        /** How the gang trains it. */
        public TrainingSpec training(TrainingSpec whole) {
            PretrainingSpec spec = whole.pretraining().orElseThrow();
            return whole.stage(spec, Seeds.derive(whole.seed(), Seeds.Purpose.PRETRAINING, number));
        }

        /** The network up to the layer's input, as trained so far; empty where inputs are the network's own. */
        public Optional<Encoder> encoder(NetworkSpec whole, float[] parameters) {
            return below.map(name -> Encoder.upTo(whole, parameters, name));
        }

        /**
         * Puts the trained weights into the whole network's.
         *
         * @param trained all parameters of this stage's network
         */
        public void install(float[] trained, float[] parameters) {
            List<ParameterBlock> own = NetworkLayout.of(network).blocks().stream()
                    .filter(block -> block.layer().equals(layer.spec().name()))
                    .toList();
            for (int i = 0; i < own.size(); i++) {
                ParameterBlock to = layer.blocks().get(i);
                System.arraycopy(trained, own.get(i).offset(), parameters, to.offset(), to.length());
            }
        }
    }

    /**
     * A stage for each dense layer but the last layer with weights, in order.
     *
     * @throws InvalidInput if there is none, or a layer before one of them has weights that no stage trains
     */
    public static List<Stage> stages(NetworkSpec network, PretrainingSpec spec) {
        List<LayerLayout> layers = NetworkLayout.of(network).layers();
        int last = layers.size() - 1;
        while (layers.get(last).blocks().isEmpty()) {
            last--;
        }
        List<Stage> stages = new ArrayList<>();
        for (int i = 0; i < last; i++) {
            LayerLayout layer = layers.get(i);
            if (layer.spec() instanceof Dense dense) {
                Optional<String> below = passes(layers.subList(0, i))
                        ? Optional.empty()
                        : Optional.of(layers.get(i - 1).spec().name());
                stages.add(new Stage(stages.size(), layer, below, autoencoder(dense, layer.input(), spec)));
            } else if (!layer.blocks().isEmpty()) {
                throw new InvalidInput(
                        "Cannot pretrain layer " + layer.spec().name() + " ("
                                + layer.spec().type()
                                + "): it has weights and is none of a stacked denoising autoencoder (expected dense layers, and between them layers without weights)");
            }
        }
        if (stages.isEmpty()) {
            throw new InvalidInput("Cannot pretrain: no hidden dense layer (expected at least one before the last)");
        }
        return stages;
    }

    /** Whether layers give in inference the values that they take. */
    private static boolean passes(List<LayerLayout> layers) {
        return layers.stream()
                .map(LayerLayout::spec)
                .allMatch(spec -> spec.type().equals("flatten") || spec instanceof Dropout);
    }

    private static NetworkSpec autoencoder(Dense dense, Shape input, PretrainingSpec spec) {
        List<LayerSpec> layers = new ArrayList<>();
        if (spec.corruption() > 0) {
            layers.add(new Dropout(CORRUPTION, spec.corruption()));
        }
        layers.add(dense);
        layers.add(new Dense(BACK, input.size(), Activation.Simple.LINEAR, Weights.DEFAULT));
        return new NetworkSpec(new Shape.Flat(input.size()), layers, Loss.MEAN_SQUARED_ERROR);
    }
}
