package dev.starling.worker.network.dl4j;

import dev.starling.worker.network.Activation;
import dev.starling.worker.network.ActivityPenalty;
import dev.starling.worker.network.Curvature;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A layer of DL4J whose activations cost something, in a network that trains and is never stored: stock DL4J has no such penalty. Gradients are sums over the batch, as DL4J's are. */
final class PenalizedLayer extends BaseWrapperLayer {
    private static final long serialVersionUID = 1;

    private final ActivityPenalty penalty;
    private final transient Optional<Curvature> curvature;
    private double[] values = {};
    private int rows;
    private double cost;

    PenalizedLayer(Layer layer, ActivityPenalty penalty, Activation activation) {
        super(layer);
        this.penalty = penalty;
        this.curvature = penalty.contractive() > 0 ? Curvature.of(activation) : Optional.empty();
    }

    /** What the last batch's activations cost, per example in the mean. */
    double cost() {
        return cost;
    }

    @Override
    public INDArray activate(INDArray input, boolean training, LayerWorkspaceMgr workspaces) {
        return seen(super.activate(input, training, workspaces));
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        return seen(super.activate(training, workspaces));
    }

    private INDArray seen(INDArray activations) {
        outside(() -> look(activations));
        return activations;
    }

    private void look(INDArray activations) {
        rows = (int) activations.size(0);
        values = activations.dup('c').data().asDouble();
        double sum = 0;
        for (double a : values) {
            sum += penalty.cost(a);
        }
        double[] norms = squaredNorms();
        for (int i = 0; i < values.length && curvature.isPresent(); i++) {
            double slope = curvature.get().first().applyAsDouble(values[i]);
            sum += penalty.contractive() * slope * slope * norms[i % norms.length];
        }
        cost = sum / rows;
        for (double mean : means()) {
            cost += penalty.divergence(mean);
        }
    }

    /** Arrays that the work makes live on the heap's terms, not in DL4J's work spaces. */
    private static void outside(Runnable work) {
        MemoryWorkspace out = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        try {
            work.run();
        } finally {
            out.close();
        }
    }

    /** Of the units; none where nothing depends on them. */
    private double[] means() {
        double[] means = new double[penalty.klWeight() > 0 ? values.length / rows : 0];
        for (int i = 0; i < values.length && means.length > 0; i++) {
            means[i % means.length] += values[i] / rows;
        }
        return means;
    }

    /** ‖Wᵢ‖² of each unit, for a contractive penalty. */
    private double[] squaredNorms() {
        if (curvature.isEmpty()) {
            return new double[0];
        }
        INDArray weights = getParam(DefaultParamInitializer.WEIGHT_KEY);
        return weights.mul(weights).sum(0).data().asDouble();
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        outside(() -> epsilon.addi(
                Nd4j.createFromArray(slopes()).castTo(epsilon.dataType()).reshape('c', epsilon.shape())));
        Pair<Gradient, INDArray> result = super.backpropGradient(epsilon, workspaces);
        if (curvature.isPresent()) {
            outside(() -> addToWeights(result.getFirst().getGradientFor(DefaultParamInitializer.WEIGHT_KEY)));
        }
        return result;
    }

    private void addToWeights(INDArray gradient) {
        INDArray weights = getParam(DefaultParamInitializer.WEIGHT_KEY);
        gradient.addi(weights.mulRowVector(Nd4j.createFromArray(weightFactors()).castTo(weights.dataType())));
    }

    private double[] slopes() {
        double[] slopes = new double[values.length];
        double[] means = means();
        double[] norms = squaredNorms();
        for (int i = 0; i < slopes.length; i++) {
            slopes[i] = penalty.slope(values[i]);
            slopes[i] += means.length > 0 ? penalty.divergenceSlope(means[i % means.length]) : 0;
            if (curvature.isPresent()) {
                slopes[i] += 2
                        * penalty.contractive()
                        * curvature.get().second().applyAsDouble(values[i])
                        * norms[i % norms.length];
            }
        }
        return slopes;
    }

    private double[] weightFactors() {
        double[] factors = new double[values.length / rows];
        for (int i = 0; i < values.length; i++) {
            double slope = curvature.orElseThrow().first().applyAsDouble(values[i]);
            factors[i % factors.length] += 2 * penalty.contractive() * slope * slope;
        }
        return factors;
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }
}
