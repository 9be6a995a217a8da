package dev.starling.worker.network;

import dev.starling.worker.network.ParameterBlock.Kind;
import java.util.List;
import java.util.Optional;

/**
 * One layer of a network as the experiment file describes it; {@code repeat} is expanded. {@code name} is unique in its network and
 * never empty (the parser gives {@code dense_1}, {@code dense_2}, … where the file has none).
 */
public sealed interface LayerSpec extends java.io.Serializable
        permits Dense,
                Conv1d,
                Conv2d,
                Pooling1d,
                Pooling2d,
                Flatten,
                ActivationLayer,
                BatchNormalization,
                Dropout,
                Reshape,
                UpSampling2d,
                GaussianNoise,
                GaussianDropout,
                Prelu,
                UpSampling1d,
                ZeroPadding1d,
                ZeroPadding2d,
                GlobalPooling,
                Add,
                Concatenate {
    String name();

    /** The word of the experiment file, for example {@code maxPooling2d}. */
    String type();

    /**
     * The shape of its output for one example.
     *
     * @throws dev.starling.worker.InvalidInput if the layer does not fit its input; names the layer and the shape
     */
    Shape output(Shape input);

    /** The same for a layer that reads several others, in that order; all but those that {@link #joins} read one. */
    default Shape output(List<Shape> inputs) {
        return output(inputs.get(0));
    }

    /** Whether it makes one of several inputs. */
    default boolean joins() {
        return false;
    }

    /** What it holds, in the order in which DL4J lays it out. */
    default List<LayerParameter> parameters(Shape input) {
        return List.of();
    }

    /** Whether a parameter is the layer's own: what only DL4J's layer has keeps its first value, and is not counted. */
    default boolean has(Kind kind) {
        return true;
    }

    /** The activation function that ends it, if it has one. */
    default Optional<Activation> nonlinearity() {
        return Optional.empty();
    }

    /** The same layer with another function to end it; of one without the layer itself. */
    default LayerSpec with(Activation function) {
        return this;
    }

    /** What its activations cost. */
    default ActivityPenalty activity() {
        return ActivityPenalty.NONE;
    }

    /** The same layer, whose activations cost nothing. */
    default LayerSpec withoutActivityPenalty() {
        return this;
    }
}
