package dev.starling.worker.network;

import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.Initializer.Constant;
import dev.starling.worker.network.Initializer.Distribution;
import dev.starling.worker.network.Initializer.RandomNormal;
import dev.starling.worker.network.Initializer.RandomUniform;
import dev.starling.worker.network.Initializer.TruncatedNormal;
import dev.starling.worker.network.Initializer.VarianceScaling;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * First values of parameters by Keras's formulas. Each block draws from a generator of its own, split off in the order of the
 * blocks, so that another block's size does not change it. The same seed gives the same bits on every machine.
 */
public final class ParameterInitializer {
    /** A generator of the JDK whose sequence is specified. */
    private static final String GENERATOR = "L64X128MixRandom";

    /** Standard deviation of a standard normal cut at ±2, by which Keras's VarianceScaling divides. */
    static final double TRUNCATED_DEVIATION = 0.8796256610342398;

    private ParameterInitializer() {}

    /** @param parameters as long as the layout's total; all of it is overwritten */
    public static void initialize(NetworkLayout layout, long seed, FlatVector parameters) {
        SplittableGenerator root =
                RandomGeneratorFactory.<SplittableGenerator>of(GENERATOR).create(seed);
        for (ParameterBlock block : layout.blocks()) {
            DoubleSupplier draw = draw(block, root.split());
            float[] values = new float[block.length()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) draw.getAsDouble();
            }
            parameters.set(block.offset(), values, 0, values.length);
        }
    }

    private static DoubleSupplier draw(ParameterBlock block, RandomGenerator random) {
        Initializer initializer = block.initializer();
        if (initializer instanceof Constant constant) {
            return constant::value;
        }
        if (initializer instanceof RandomNormal normal) {
            return () -> normal.mean() + normal.stddev() * random.nextGaussian();
        }
        if (initializer instanceof RandomUniform uniform) {
            return () -> uniform.minimum() + (uniform.maximum() - uniform.minimum()) * random.nextDouble();
        }
        if (initializer instanceof TruncatedNormal normal) {
            return () -> normal.mean() + normal.stddev() * truncated(random);
        }
        return scaled((VarianceScaling) initializer, block, random);
    }

    /** Variance v = scale ÷ fan: uniform in ±√(3v), or truncated normal with √v ÷ 0.8796…, so that √v is left after the cut. */
    private static DoubleSupplier scaled(VarianceScaling scaling, ParameterBlock block, RandomGenerator random) {
        double fan =
                switch (scaling.fan()) {
                    case IN -> block.fanIn();
                    case OUT -> block.fanOut();
                    case AVERAGE -> (block.fanIn() + block.fanOut()) / 2.0;
                };
        double variance = scaling.scale() / Math.max(1, fan);
        if (scaling.distribution() == Distribution.UNIFORM) {
            double limit = Math.sqrt(3 * variance);
            return () -> limit * (2 * random.nextDouble() - 1);
        }
        double deviation = Math.sqrt(variance) / TRUNCATED_DEVIATION;
        return () -> deviation * truncated(random);
    }

    /** A standard normal, redrawn beyond two standard deviations. */
    private static double truncated(RandomGenerator random) {
        double x = random.nextGaussian();
        while (Math.abs(x) > 2) {
            x = random.nextGaussian();
        }
        return x;
    }
}
