package dev.starling.worker.network;

import java.util.Optional;

/** An activation function, by its Keras name where Keras has it. */
public sealed interface Activation extends java.io.Serializable {
    /** As the experiment file writes it, for example {@code relu}. */
    String label();

    /** Its formula, if it acts on each value alone, is not random and has a derivative. */
    default Optional<Curve> curve() {
        return Curves.of(this);
    }

    /** Shape of what it gives for values of a shape. */
    default Shape output(Shape values) {
        return this == Simple.CRELU ? values.withChannels(Math.multiplyExact(2, values.channels())) : values;
    }

    enum Simple implements Activation {
        LINEAR("linear"),
        SIGMOID("sigmoid"),
        TANH("tanh"),
        RELU("relu"),
        SOFTMAX("softmax"),
        SOFTPLUS("softplus"),
        SOFTSIGN("softsign"),
        SELU("selu"),
        /** x·sigmoid(x). */
        SWISH("swish"),
        /** 0.2·x + 0.5, cut to [0, 1], as Keras 2 and DL4J; Keras 3 has x ÷ 6 + 0.5. */
        HARD_SIGMOID("hardSigmoid"),
        /** Concatenated ReLU (Shang et al. 2016): max(0, x), and behind it along the last axis max(0, −x), so twice as many units or channels. */
        CRELU("crelu"),
        /** Rosenblatt's: 1 for x > 0, else 0; trained by the loss {@link Loss#PERCEPTRON} alone, for it has no derivative to speak of. */
        THRESHOLD("threshold");

        private final String label;

        Simple(String label) {
            this.label = label;
        }

        @Override
        public String label() {
            return label;
        }
    }

    /**
     * max(x, alpha·x).
     *
     * @param alpha slope for negative inputs, 0 ≤ alpha < 1
     */
    record LeakyRelu(double alpha) implements Activation {
        @Override
        public String label() {
            return "leakyRelu";
        }
    }

    /**
     * x for x > 0, else alpha·(eˣ − 1).
     *
     * @param alpha > 0
     */
    record Elu(double alpha) implements Activation {
        @Override
        public String label() {
            return "elu";
        }
    }

    /**
     * Randomised leaky ReLU (Xu et al. 2015): x for x > 0, else a·x, where training draws a for every value and batch from [lower, upper) and inference takes their mean.
     *
     * @param lower ≥ 0
     * @param upper ≥ lower, < 1
     */
    record RandomizedRelu(double lower, double upper) implements Activation {
        @Override
        public String label() {
            return "rrelu";
        }

        /** What inference applies. */
        public LeakyRelu mean() {
            return new LeakyRelu((lower + upper) / 2);
        }
    }
}
