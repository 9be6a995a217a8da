package dev.starling.worker.network;

/** The distribution of a parameter block's first values, by Keras's names and formulas. Fans are Keras's: a convolution's times its kernel's area. */
public sealed interface Initializer extends java.io.Serializable {
    /** All the same value. */
    record Constant(double value) implements Initializer {}

    record RandomNormal(double mean, double stddev) implements Initializer {}

    record RandomUniform(double minimum, double maximum) implements Initializer {}

    /** Normal, redrawn beyond two standard deviations; the standard deviation is not rescaled, as in Keras. */
    record TruncatedNormal(double mean, double stddev) implements Initializer {}

    /**
     * Keras's VarianceScaling: variance scale ÷ fan; a truncated normal (rescaled, as in Keras) or a uniform distribution.
     * glorotUniform = (1, average, uniform); glorotNormal = (1, average, truncated normal); heNormal = (2, in, truncated normal);
     * heUniform = (2, in, uniform); lecunNormal, lecunUniform = (1, in, …).
     */
    record VarianceScaling(double scale, Fan fan, Distribution distribution) implements Initializer {}

    enum Fan {
        IN,
        OUT,
        AVERAGE
    }

    enum Distribution {
        TRUNCATED_NORMAL,
        UNIFORM
    }

    Initializer ZEROS = new Constant(0);
    Initializer ONES = new Constant(1);
    Initializer GLOROT_UNIFORM = new VarianceScaling(1, Fan.AVERAGE, Distribution.UNIFORM);
    Initializer GLOROT_NORMAL = new VarianceScaling(1, Fan.AVERAGE, Distribution.TRUNCATED_NORMAL);
    Initializer HE_NORMAL = new VarianceScaling(2, Fan.IN, Distribution.TRUNCATED_NORMAL);
    Initializer HE_UNIFORM = new VarianceScaling(2, Fan.IN, Distribution.UNIFORM);
    Initializer LECUN_NORMAL = new VarianceScaling(1, Fan.IN, Distribution.TRUNCATED_NORMAL);
    Initializer LECUN_UNIFORM = new VarianceScaling(1, Fan.IN, Distribution.UNIFORM);
}
