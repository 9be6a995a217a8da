package dev.starling.worker.plan;

import dev.starling.worker.network.Activation;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.Loss;
import java.util.Optional;

/** Which end a plan has: some losses are computed together with the last activation, for their joint gradient is simpler and does not cancel. */
final class Heads {
    private Heads() {}

    /** The last layer without the activation that its head computes together with the loss. */
    static LayerSpec before(LayerSpec last, Loss loss) {
        return joins(last, loss) ? Activations.linear(last) : last;
    }

    static Head of(Loss loss, LayerSpec last, Tensor values, Head.Columns columns) {
        if (joins(last, loss)) {
            return switch (loss) {
                case CATEGORICAL_CROSSENTROPY -> new Head.SoftmaxCrossEntropy(values, columns);
                case BINARY_CROSSENTROPY -> new Head.SigmoidCrossEntropy(values, columns);
                default -> new Head.Perceptron(values, columns);
            };
        }
        return switch (loss) {
            case MEAN_SQUARED_ERROR -> new Head.SquaredError(values, columns);
            case MEAN_ABSOLUTE_ERROR -> new Head.AbsoluteError(values, columns);
            default -> new Head.EachOutput(values, loss, columns);
        };
    }

    private static boolean joins(LayerSpec last, Loss loss) {
        Optional<Activation> joined =
                switch (loss) {
                    case CATEGORICAL_CROSSENTROPY -> Optional.of(Activation.Simple.SOFTMAX);
                    case BINARY_CROSSENTROPY -> Optional.of(Activation.Simple.SIGMOID);
                    case PERCEPTRON -> Optional.of(Activation.Simple.THRESHOLD);
                    default -> Optional.empty();
                };
        return joined.isPresent() && joined.equals(last.nonlinearity());
    }
}
