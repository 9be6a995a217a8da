package dev.starling.worker.network;

/** An activation function, by its Keras name. */
public sealed interface Activation extends java.io.Serializable {
    /** As the experiment file writes it, for example {@code relu}. */
    String label();

    enum Simple implements Activation {
        LINEAR("linear"),
        SIGMOID("sigmoid"),
        TANH("tanh"),
        RELU("relu"),
        SOFTMAX("softmax"),
        SOFTPLUS("softplus"),
        SOFTSIGN("softsign"),
        SELU("selu");

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
}
