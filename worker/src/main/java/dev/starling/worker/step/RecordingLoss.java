package dev.starling.worker.step;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * A stock loss that keeps what the network gave: DL4J has the outputs in hand when it asks for the loss's gradient and throws them away. It does not
 * compute the score, which nobody reads. Lives in a step's own network only, never in a stored one.
 */
final class RecordingLoss implements ILossFunction {
    private static final long serialVersionUID = 1;

    private final ILossFunction stock;
    private transient INDArray outputs;

    RecordingLoss(ILossFunction stock) {
        this.stock = stock;
    }

    /** @param target examples × outputs, written at the next gradient */
    void record(INDArray target) {
        outputs = target;
    }

    @Override
    public INDArray computeGradient(INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
        outputs.assign(preOutput);
        INDArray activated = activation.getActivation(outputs, true);
        if (activated != outputs) {
            outputs.assign(activated);
        }
        return stock.computeGradient(labels, preOutput, activation, mask);
    }

    @Override
    public double computeScore(
            INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
        return Double.NaN;
    }

    @Override
    public INDArray computeScoreArray(INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
        return stock.computeScoreArray(labels, preOutput, activation, mask);
    }

    @Override
    public Pair<Double, INDArray> computeGradientAndScore(
            INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
        return new Pair<>(
                computeScore(labels, preOutput, activation, mask, average),
                computeGradient(labels, preOutput, activation, mask));
    }

    @Override
    public String name() {
        return stock.name();
    }
}
