package dev.starling.driver.keras;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.starling.driver.store.Json;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.network.Activation;
import dev.starling.worker.network.ActivationLayer;
import dev.starling.worker.network.BatchNormalization;
import dev.starling.worker.network.Conv1d;
import dev.starling.worker.network.Conv2d;
import dev.starling.worker.network.Dense;
import dev.starling.worker.network.Dropout;
import dev.starling.worker.network.Flatten;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.Padding;
import dev.starling.worker.network.Penalty;
import dev.starling.worker.network.Pooling;
import dev.starling.worker.network.Pooling1d;
import dev.starling.worker.network.Pooling2d;
import dev.starling.worker.network.Reshape;
import dev.starling.worker.network.UpSampling2d;
import dev.starling.worker.network.Weights;
import java.util.List;
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
            config.put("filters", conv.filters()).put("padding", word(conv.padding()));
            sizes(config, "kernel_size", conv.kernelSize());
            sizes(config, "strides", conv.stride());
            return new Written("Conv1D", weighted(channelsLast(config), conv.activation(), conv.weights()));
        }
        if (spec instanceof Conv2d conv) {
            config.put("filters", conv.filters()).put("padding", word(conv.padding()));
            sizes(config, "kernel_size", conv.kernelHeight(), conv.kernelWidth());
            sizes(config, "strides", conv.strideHeight(), conv.strideWidth());
            return new Written("Conv2D", weighted(channelsLast(config), conv.activation(), conv.weights()));
        }
        if (spec instanceof Pooling1d pooling) {
            sizes(config, "pool_size", pooling.poolSize());
            sizes(config, "strides", pooling.stride());
            return pooling(pooling.kind(), "1D", config, pooling.padding());
        }
        if (spec instanceof Pooling2d pooling) {
            sizes(config, "pool_size", pooling.poolHeight(), pooling.poolWidth());
            sizes(config, "strides", pooling.strideHeight(), pooling.strideWidth());
            return pooling(pooling.kind(), "2D", config, pooling.padding());
        }
        return withoutKernel(spec, config);
    }

    private Written withoutKernel(LayerSpec spec, ObjectNode config) {
        if (spec instanceof Reshape reshape) {
            reshape.target().dimensions().forEach(config.putArray("target_shape")::add);
            return new Written("Reshape", config);
        }
        if (spec instanceof UpSampling2d up) {
            sizes(config, "size", up.height(), up.width());
            return new Written("UpSampling2D", channelsLast(config.put("interpolation", "nearest")));
        }
        if (spec instanceof Flatten) {
            return new Written("Flatten", channelsLast(config));
        }
        if (spec instanceof Dropout dropout) {
            return new Written("Dropout", config.put("rate", dropout.rate()));
        }
        if (spec instanceof BatchNormalization norm) {
            config.put("axis", -1).put("center", true).put("scale", true);
            return new Written(
                    "BatchNormalization",
                    config.put("momentum", norm.momentum()).put("epsilon", norm.epsilon()));
        }
        if (spec instanceof ActivationLayer activation) {
            return named(activation.function())
                    .map(word -> new Written("Activation", config.put("activation", word)))
                    .orElseGet(() -> ofItsOwn(activation.function(), config, spec));
        }
        throw new InvalidInput("Cannot export layer " + spec.name() + " (" + spec.type()
                + "): Keras has no such layer (expected one that both know)");
    }

    /** The layer that follows one whose activation function Keras has only as a layer. */
    Optional<Written> following(LayerSpec spec) {
        if (spec instanceof ActivationLayer) {
            return Optional.empty();
        }
        return spec.nonlinearity()
                .filter(function -> named(function).isEmpty())
                .map(function -> ofItsOwn(function, Json.object().put("name", spec.name() + "_activation"), spec));
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
            ObjectNode keys = Json.object().put("l1", penalty.l1()).put("l2", penalty.l2());
            ObjectNode regularizer = style.in("keras.regularizers", config.putObject("kernel_regularizer"));
            regularizer.put("class_name", "L1L2").set("config", keys);
        }
        return config;
    }

    private static Written pooling(Pooling kind, String axes, ObjectNode config, Padding padding) {
        String type = (kind == Pooling.MAX ? "MaxPooling" : "AveragePooling") + axes;
        return new Written(type, channelsLast(config.put("padding", word(padding))));
    }

    private static ObjectNode channelsLast(ObjectNode config) {
        return config.put("data_format", "channels_last");
    }

    private static String word(Padding padding) {
        return padding == Padding.SAME ? "same" : "valid";
    }

    private static void sizes(ObjectNode config, String key, int... sizes) {
        for (int size : sizes) {
            config.withArray(key).add(size);
        }
    }

    /** Keras's names of a layer's arrays, in its order. */
    static List<String> arrayNames(int count) {
        return count == 4 ? List.of("gamma", "beta", "moving_mean", "moving_variance") : List.of("kernel", "bias");
    }
}
