package dev.starling.worker.network.dl4j;

import dev.starling.worker.network.Loss;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** A loss that DL4J has not, or has otherwise, by its formula. Lives in the network of a step, never in a stored one. */
final class WrittenLoss implements ILossFunction {
    private static final long serialVersionUID = 1;

    private final Loss loss;

    WrittenLoss(Loss loss) {
        this.loss = loss;
    }

    private static INDArray activated(INDArray preOutput, IActivation activation) {
        return activation.getActivation(preOutput.dup(), true);
    }

    private double share(INDArray labels) {
        return loss.sumsOutputs() ? 1 : 1.0 / labels.size(1);
    }

    @Override
    public INDArray computeGradient(INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
        double[] outputs = Dl4jValues.of(activated(preOutput, activation));
        double[] targets = Dl4jValues.of(labels);
        double share = share(labels);
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = share * loss.ofOutput().slope(outputs[i], targets[i]);
        }
        INDArray gradient = preOutput.ulike();
        Dl4jValues.put(outputs, gradient);
        return activation.backprop(preOutput, gradient).getFirst();
    }

    @Override
    public INDArray computeScoreArray(INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
        double[] outputs = Dl4jValues.of(activated(preOutput, activation));
        double[] targets = Dl4jValues.of(labels);
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = share(labels) * loss.ofOutput().value(outputs[i], targets[i]);
        }
        INDArray values = preOutput.ulike();
        Dl4jValues.put(outputs, values);
        return values.sum(true, 1);
    }

    @Override
    public double computeScore(
            INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
        double sum = computeScoreArray(labels, preOutput, activation, mask)
                .sumNumber()
                .doubleValue();
        return average ? sum / labels.size(0) : sum;
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
        return loss.label();
    }
}
