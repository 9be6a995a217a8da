package dev.starling.worker.network.dl4j;

import dev.starling.worker.network.GaussianDropout;
import dev.starling.worker.network.GaussianNoise;
import dev.starling.worker.network.GlobalPooling;
import dev.starling.worker.network.LayerLayout;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.Pooling;
import dev.starling.worker.network.Prelu;
import dev.starling.worker.network.Shape;
import dev.starling.worker.network.UpSampling1d;
import dev.starling.worker.network.ZeroPadding1d;
import dev.starling.worker.network.ZeroPadding2d;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;

/** Layers of noise, of learned slopes and of places as DL4J's configuration of them. A series is an image of width 1. */
final class Dl4jPlainLayers {
    private Dl4jPlainLayers() {}

    static Layer of(LayerLayout layer) {
        LayerSpec spec = layer.spec();
        if (spec instanceof GaussianNoise noise) {
            return noise(noise.name(), new org.deeplearning4j.nn.conf.dropout.GaussianNoise(noise.stddev()));
        }
        if (spec instanceof GaussianDropout noise) {
            return noise(noise.name(), new org.deeplearning4j.nn.conf.dropout.GaussianDropout(noise.rate()));
        }
        if (spec instanceof Prelu prelu) {
            return prelu(prelu, layer.input());
        }
        if (spec instanceof GlobalPooling pooling) {
            return new GlobalPoolingLayer.Builder(pooling.kind() == Pooling.MAX ? PoolingType.MAX : PoolingType.AVG)
                    .name(pooling.name())
                    .build();
        }
        return places(spec);
    }

    private static Layer places(LayerSpec spec) {
        if (spec instanceof ZeroPadding1d padding) {
            return places(padding.asZeroPadding2d());
        }
        if (spec instanceof UpSampling1d sampling) {
            return new Upsampling2D.Builder(1)
                    .size(new int[] {sampling.size(), 1})
                    .name(sampling.name())
                    .build();
        }
        if (spec instanceof ZeroPadding2d padding) {
            return new ZeroPaddingLayer.Builder(padding.top(), padding.bottom(), padding.left(), padding.right())
                    .name(padding.name())
                    .build();
        }
        throw new IllegalArgumentException(
                "Cannot build layer " + spec.name() + ": " + spec.type() + " (expected one that is a layer in DL4J)");
    }

    private static Layer noise(String name, IDropout noise) {
        return new DropoutLayer.Builder(noise).name(name).build();
    }

    private static Layer prelu(Prelu spec, Shape input) {
        PReLULayer.Builder builder = new PReLULayer.Builder();
        if (input instanceof Shape.Flat flat) {
            builder.inputShape(flat.units());
        } else {
            long height = input.dimensions().get(0);
            long width = input instanceof Shape.Image image ? image.width() : 1;
            builder.inputShape(input.channels(), height, width);
            if (spec.perChannel()) {
                builder.sharedAxes(2, 3);
            }
        }
        return builder.name(spec.name()).build();
    }
}
