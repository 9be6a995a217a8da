package dev.starling.worker.network.dl4j;

import dev.starling.worker.network.Activation;
import dev.starling.worker.network.Loss;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSoftSign;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossHinge;
import org.nd4j.linalg.lossfunctions.impl.LossKLD;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMAPE;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossMSLE;
import org.nd4j.linalg.lossfunctions.impl.LossPoisson;
import org.nd4j.linalg.lossfunctions.impl.LossSquaredHinge;

/** Activations and losses as DL4J's own classes, as a stored model has them: inference is right; what DL4J has wrong in training, {@link OwnFunctions} replaces. */
final class Dl4jFunctions {
    /** Keras's; DL4J's default of 1e-5 is a visible error of the loss. */
    private static final double BINARY_CLIP = 1e-7;

    private Dl4jFunctions() {}

    static IActivation activation(Activation activation) {
        if (activation instanceof Activation.LeakyRelu leaky) {
            return new ActivationLReLU(leaky.alpha());
        }
        if (activation instanceof Activation.Elu elu) {
            return new ActivationELU(elu.alpha());
        }
        if (activation instanceof Activation.RandomizedRelu random) {
            return activation(random.mean());
        }
        return switch ((Activation.Simple) activation) {
            // A concatenated ReLU is vertices behind its layer, see Dl4jGraph.
            case LINEAR, CRELU -> new ActivationIdentity();
            case SIGMOID -> new ActivationSigmoid();
            case TANH -> new ActivationTanH();
            case RELU -> new ActivationReLU();
            case SOFTMAX -> new ActivationSoftmax();
            case SOFTPLUS -> new ActivationSoftPlus();
            case SOFTSIGN -> new ActivationSoftSign();
            case SELU -> new ActivationSELU();
            case SWISH -> new ActivationSwish();
            case HARD_SIGMOID -> new ActivationHardSigmoid();
            case THRESHOLD -> new ActivationReLU(1.0, null, null);
        };
    }

    /** DL4J's sum over outputs is what categorical cross-entropy wants; its squared and absolute errors are means; binary cross-entropy becomes one by weights. */
    static ILossFunction loss(Loss loss, int outputs, DataType type) {
        return switch (loss) {
            case CATEGORICAL_CROSSENTROPY -> new LossMCXENT();
            case MEAN_SQUARED_ERROR -> new LossMSE();
            case MEAN_ABSOLUTE_ERROR -> new LossMAE();
            case MEAN_SQUARED_LOGARITHMIC_ERROR -> new LossMSLE();
            case MEAN_ABSOLUTE_PERCENTAGE_ERROR -> new LossMAPE();
            case HINGE -> new LossHinge();
            case SQUARED_HINGE -> new LossSquaredHinge();
            case POISSON -> new LossPoisson();
            case KL_DIVERGENCE -> new LossKLD();
            // DL4J has none of these; inference asks for no loss.
            case HUBER, LOG_COSH, PERCEPTRON -> new LossMSE();
            case BINARY_CROSSENTROPY ->
                outputs == 1
                        ? new LossBinaryXENT(BINARY_CLIP)
                        : new LossBinaryXENT(
                                BINARY_CLIP, Nd4j.valueArrayOf(new long[] {1, outputs}, 1.0 / outputs, type));
        };
    }
}
