package dev.starling.driver.keras;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.starling.driver.store.Json;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.network.Activation;
import dev.starling.worker.network.ActivationLayer;
import dev.starling.worker.network.ActivityPenalty;
import dev.starling.worker.network.BatchNormalization;
import dev.starling.worker.network.Conv1d;
import dev.starling.worker.network.Conv2d;
import dev.starling.worker.network.Dense;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.network.Penalty;
import dev.starling.worker.network.Prelu;
import dev.starling.worker.network.Weights;
import java.util.Optional;
import java.util.Set;

/** Each layer's class in Keras and its keys. First values are not written: the weights are. */
record LayerConfigs(KerasStyle style) {
    /** Functions that have the same name and formula in Keras 2 and 3 and here: its hard_sigmoid is another in each. */
    private static final Set<String> WORDS =
            Set.of("linear", "sigmoid", "tanh", "relu", "softmax", "softplus", "softsign", "selu", "swish");

    /** A class of Keras and its keys. */
    record Written(String type, ObjectNode config) {}

    /** @throws InvalidInput if Keras has no such layer */
    Written of(LayerSpec spec) {
        ObjectNode config = Json.object().put("name", spec.name());
        if (spec instanceof Dense dense) {
            config.put("units", dense.units());
            return new Written("Dense", weighted(config, dense.activation(), dense.weights()));
        }
        if (spec instanceof Conv1d conv) {
            config.put("filters", conv.filters()).put("padding", PlainConfigs.word(conv.padding()));
            PlainConfigs.sizes(config, "kernel_size", conv.kernelSize());
            PlainConfigs.sizes(config, "strides", conv.stride());
            return new Written(
                    "Conv1D", weighted(PlainConfigs.channelsLast(config), conv.activation(), conv.weights()));
        }
        if (spec instanceof Conv2d conv) {
            config.put("filters", conv.filters()).put("padding", PlainConfigs.word(conv.padding()));
            PlainConfigs.sizes(config, "kernel_size", conv.kernelHeight(), conv.kernelWidth());
            PlainConfigs.sizes(config, "strides", conv.strideHeight(), conv.strideWidth());
            return new Written(
                    "Conv2D", weighted(PlainConfigs.channelsLast(config), conv.activation(), conv.weights()));
        }
        return withoutKernel(spec, config);
    }

    private Written withoutKernel(LayerSpec spec, ObjectNode config) {
        if (spec instanceof ActivationLayer activation) {
            return named(activation.function())
                    .map(word -> new Written("Activation", config.put("activation", word)))
                    .orElseGet(() -> ofItsOwn(activation.function(), config, spec));
        }
        if (spec instanceof BatchNormalization norm) {
            config.put("axis", -1).put("center", norm.center()).put("scale", norm.scale());
            return new Written(
                    "BatchNormalization",
                    config.put("momentum", norm.momentum()).put("epsilon", norm.epsilon()));
        }
        if (spec instanceof Prelu prelu) {
            return new Written("PReLU", config.set("shared_axes", PlainConfigs.axes(prelu)));
        }
        return PlainConfigs.of(spec, config)
                .orElseThrow(() -> new InvalidInput("Cannot export layer " + spec.name() + " (" + spec.type()
                        + "): Keras has no such layer (expected one that both know)"));
    }

    /** The name of the layer in Keras that gives what one of ours gives. */
    String last(LayerSpec spec) {
        return following(spec).map(after -> after.config().get("name").asText()).orElse(spec.name());
    }

    /** The layer that follows one whose activation function Keras has only as a layer. */
    Optional<Written> following(LayerSpec spec) {
        if (spec instanceof ActivationLayer) {
            return Optional.empty();
        }
        return spec.nonlinearity()
                .filter(function -> named(function).isEmpty())
                .map(function -> ofItsOwn(
                        function,
                        penalised(Json.object().put("name", spec.name() + "_activation"), spec.activity()),
                        spec));
    }

    private Written ofItsOwn(Activation function, ObjectNode config, LayerSpec spec) {
        if (function instanceof Activation.LeakyRelu leaky) {
            return new Written("LeakyReLU", config.put(style.slope(), leaky.alpha()));
        }
        if (function instanceof Activation.Elu elu) {
            return new Written("ELU", config.put("alpha", elu.alpha()));
        }
        throw new InvalidInput("Cannot export layer " + spec.name() + " (" + spec.type() + "): Keras has no activation "
                + function.label() + " (expected one that both know)");
    }

    /** What Keras calls it by a word; empty where it is a layer there. */
    private static Optional<String> named(Activation function) {
        if (function instanceof Activation.Elu elu && elu.alpha() == 1) {
            return Optional.of("elu");
        }
        return Optional.of(function.label()).filter(WORDS::contains);
    }

    private ObjectNode weighted(ObjectNode config, Activation function, Weights weights) {
        config.put("activation", named(function).orElse("linear")).put("use_bias", weights.useBias());
        Penalty penalty = weights.penalty();
        if (!penalty.isNone()) {
            config.set("kernel_regularizer", regularizer(penalty.l1(), penalty.l2()));
        }
        // Where a layer for the function follows, its values are the activations.
        return named(function).isPresent() ? penalised(config, weights.activity()) : config;
    }

    /** Keras has the penalties of single activations alone. */
    private ObjectNode penalised(ObjectNode config, ActivityPenalty penalty) {
        if (penalty.isElementwise()) {
            config.set("activity_regularizer", regularizer(penalty.l1(), penalty.l2()));
        }
        return config;
    }

    private ObjectNode regularizer(double l1, double l2) {
        ObjectNode regularizer = style.in("keras.regularizers", Json.object()).put("class_name", "L1L2");
        regularizer.putObject("config").put("l1", l1).put("l2", l2);
        return regularizer;
    }

    /** Keras's name of an array. */
    static String arrayName(ParameterBlock.Kind kind) {
        return switch (kind) {
            case KERNEL -> "kernel";
            case BIAS -> "bias";
            case GAMMA -> "gamma";
            case BETA -> "beta";
            case SLOPE -> "alpha";
            case RUNNING_MEAN -> "moving_mean";
            case RUNNING_VARIANCE -> "moving_variance";
        };
    }
}
