package dev.starling.driver.keras;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.starling.driver.keras.LayerConfigs.Written;
import dev.starling.driver.store.Json;
import dev.starling.worker.network.Add;
import dev.starling.worker.network.Concatenate;
import dev.starling.worker.network.Dropout;
import dev.starling.worker.network.Flatten;
import dev.starling.worker.network.GaussianDropout;
import dev.starling.worker.network.GaussianNoise;
import dev.starling.worker.network.GlobalPooling;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.Padding;
import dev.starling.worker.network.Pooling;
import dev.starling.worker.network.Pooling1d;
import dev.starling.worker.network.Pooling2d;
import dev.starling.worker.network.Prelu;
import dev.starling.worker.network.Reshape;
import dev.starling.worker.network.UpSampling1d;
import dev.starling.worker.network.UpSampling2d;
import dev.starling.worker.network.ZeroPadding1d;
import dev.starling.worker.network.ZeroPadding2d;
import java.util.Optional;

/** Classes and keys of layers that hold nothing. */
final class PlainConfigs {
    private PlainConfigs() {}

    /** @param config with the layer's name, which is filled */
    static Optional<Written> of(LayerSpec spec, ObjectNode config) {
        if (spec instanceof Dropout dropout) {
            return written("Dropout", config.put("rate", dropout.rate()));
        }
        if (spec instanceof GaussianNoise noise) {
            return written("GaussianNoise", config.put("stddev", noise.stddev()));
        }
        if (spec instanceof GaussianDropout noise) {
            return written("GaussianDropout", config.put("rate", noise.rate()));
        }
        if (spec instanceof Add) {
            return written("Add", config);
        }
        if (spec instanceof Concatenate) {
            return written("Concatenate", config.put("axis", -1));
        }
        return pools(spec, config).or(() -> places(spec, config));
    }

    private static Optional<Written> written(String type, ObjectNode config) {
        return Optional.of(new Written(type, config));
    }

    private static Optional<Written> pools(LayerSpec spec, ObjectNode config) {
        if (spec instanceof Pooling1d pooling) {
            sizes(config, "pool_size", pooling.poolSize());
            sizes(config, "strides", pooling.stride());
            channelsLast(config.put("padding", word(pooling.padding())));
            return written(word(pooling.kind()) + "Pooling1D", config);
        }
        if (spec instanceof Pooling2d pooling) {
            sizes(config, "pool_size", pooling.poolHeight(), pooling.poolWidth());
            sizes(config, "strides", pooling.strideHeight(), pooling.strideWidth());
            channelsLast(config.put("padding", word(pooling.padding())));
            return written(word(pooling.kind()) + "Pooling2D", config);
        }
        if (spec instanceof GlobalPooling pooling) {
            String type = "Global" + word(pooling.kind()) + "Pooling" + pooling.axes() + "D";
            return written(type, channelsLast(config));
        }
        return Optional.empty();
    }

    private static Optional<Written> places(LayerSpec spec, ObjectNode config) {
        if (spec instanceof Flatten) {
            return written("Flatten", channelsLast(config));
        }
        if (spec instanceof Reshape reshape) {
            reshape.target().dimensions().forEach(config.putArray("target_shape")::add);
            return written("Reshape", config);
        }
        if (spec instanceof UpSampling1d up) {
            return written("UpSampling1D", config.put("size", up.size()));
        }
        if (spec instanceof UpSampling2d up) {
            sizes(config, "size", up.height(), up.width());
            return written("UpSampling2D", channelsLast(config.put("interpolation", "nearest")));
        }
        if (spec instanceof ZeroPadding1d padding) {
            sizes(config, "padding", padding.before(), padding.after());
            return written("ZeroPadding1D", config);
        }
        if (spec instanceof ZeroPadding2d padding) {
            ArrayNode axes = config.putArray("padding");
            axes.addArray().add(padding.top()).add(padding.bottom());
            axes.addArray().add(padding.left()).add(padding.right());
            return written("ZeroPadding2D", channelsLast(config));
        }
        return Optional.empty();
    }

    /** Of a parametric ReLU whose channels have one slope each; else null. */
    static ArrayNode axes(Prelu prelu) {
        ArrayNode axes = Json.object().putArray("axes");
        prelu.sharedAxes().forEach(axes::add);
        return axes.isEmpty() ? null : axes;
    }

    static ObjectNode channelsLast(ObjectNode config) {
        return config.put("data_format", "channels_last");
    }

    static String word(Padding padding) {
        return padding == Padding.SAME ? "same" : "valid";
    }

    private static String word(Pooling kind) {
        return kind == Pooling.MAX ? "Max" : "Average";
    }

    static void sizes(ObjectNode config, String key, int... sizes) {
        for (int size : sizes) {
            config.withArray(key).add(size);
        }
    }
}
