package dev.starling.worker.step;

import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.ActivationLayer;
import dev.starling.worker.network.Dropout;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.dl4j.Dl4jMemory;
import dev.starling.worker.network.dl4j.Dl4jNetwork;
import dev.starling.worker.network.dl4j.OwnFunctions;
import dev.starling.worker.network.dl4j.Penalized;
import dev.starling.worker.network.dl4j.Seeded;
import dev.starling.worker.network.dl4j.SharedSlopes;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * DL4J's own forward and backward, in its own memory: works for every network that can be built, and is what other steps are held
 * against. Parameters and gradient are DL4J's vectors themselves; batches are read where the caller wrote them.
 */
public final class ReferenceStep implements Step {
    private final String reason;
    private final int batchSize;
    private final Dl4jModel network;
    private final List<RecordingLoss> losses;
    private final SplitOutputs split;
    private final List<Seeded> seeded;
    private final Penalized penalized;
    private final MeanGradient meanGradient;
    private final Batches batches;
    private final NativeGarbage garbage = new NativeGarbage();
    private final FlatVector parameters;
    private final FlatVector gradient;
    private final boolean oneDnn;
    private final boolean random;
    private final boolean overwritesInput;

    /**
     * All parameters are zero until the caller fills them.
     *
     * @param batchSize most examples in a batch, ≥ 1
     */
    public ReferenceStep(NetworkSpec spec, int batchSize) {
        this(spec, batchSize, "");
    }

    /** @param reason why this and no faster step was taken; empty if it was asked for */
    public ReferenceStep(NetworkSpec spec, int batchSize, String reason) {
        this.reason = reason;
        if (batchSize < 1) {
            throw new IllegalArgumentException(
                    "Cannot make a step for batches of " + batchSize + " (expected at least 1)");
        }
        NetworkLayout layout = NetworkLayout.of(spec);
        this.oneDnn = OneDnnHelpers.enable();
        this.batchSize = batchSize;
        this.network = Dl4jModel.of(spec);
        this.seeded = OwnFunctions.install(network.layers(), layout);
        for (int i = 0; i < layout.ends().size(); i++) {
            OwnFunctions.install(network.lossLayers().get(i), spec.lossOf(i));
        }
        SharedSlopes.into(network.network(), spec);
        this.penalized = Penalized.into(network.network(), spec);
        this.losses =
                network.lossLayers().stream().map(ReferenceStep::recordLoss).toList();
        this.split = new SplitOutputs(layout.outputSizes());
        this.meanGradient = new MeanGradient(layout.blocks());
        this.batches = new Batches(
                Dl4jNetwork.inputShape(spec, batchSize), layout.output().size());
        this.parameters = Dl4jMemory.of(network.params());
        this.gradient = Dl4jMemory.of(network.gradients());
        this.random = spec.layers().stream().anyMatch(Dropout.class::isInstance);
        // DL4J's activation layer works in place at inference: as the first layer that does anything, on the caller's
        // features.
        this.overwritesInput = spec.layers().stream().anyMatch(ActivationLayer.class::isInstance);
    }

    private static RecordingLoss recordLoss(Layer last) {
        if (last instanceof LossLayer layer) {
            RecordingLoss recording = new RecordingLoss(layer.getLossFn());
            layer.setLossFn(recording);
            return recording;
        }
        BaseOutputLayer layer = (BaseOutputLayer) last;
        RecordingLoss recording = new RecordingLoss(layer.getLossFn());
        layer.setLossFn(recording);
        return recording;
    }

    @Override
    public int batchSize() {
        return batchSize;
    }

    @Override
    public FlatVector features() {
        return batches.features();
    }

    @Override
    public FlatVector targets() {
        return batches.targets();
    }

    @Override
    public FlatVector outputs() {
        return batches.outputs();
    }

    @Override
    public FlatVector parameters() {
        return parameters;
    }

    @Override
    public FlatVector gradient() {
        return gradient;
    }

    @Override
    public void train(int rows, long seed) {
        Batches.Rows batch = batches.first(rows);
        if (random) {
            // ND4J's generator is per thread, and nobody else draws from this thread's between here and the last layer.
            Nd4j.getRandom().setSeed(seed);
        }
        seeded.forEach(s -> s.seed(seed));
        HostCopies.written(
                network.params(),
                batches.first(batchSize).features(),
                batches.first(batchSize).targets());
        INDArray[] given = split.room(batch.outputs());
        for (int i = 0; i < given.length; i++) {
            losses.get(i).record(given[i]);
        }
        network.differentiate(batch.features(), split.of(batch.targets()));
        split.join(given, batch.outputs());
        HostCopies.fetch(network.params(), network.gradients(), batch.outputs());
        meanGradient.finish(gradient, parameters, rows);
        garbage.look();
    }

    @Override
    public void infer(int rows) {
        Batches.Rows batch = batches.first(rows);
        HostCopies.written(network.params(), batches.first(batchSize).features());
        INDArray features = overwritesInput ? batch.features().dup() : batch.features();
        INDArray[] given = network.output(features);
        split.join(given, batch.outputs());
        HostCopies.fetch(batch.outputs());
        // Freed now, not when a collection of the small heap finds it.
        for (INDArray output : given) {
            output.close();
        }
        garbage.look();
    }

    @Override
    public double activityPenalty() {
        return penalized.cost();
    }

    @Override
    public String description() {
        return "reference: Deeplearning4j, oneDNN helpers " + (oneDnn ? "on" : "off")
                + (reason.isEmpty() ? "" : "; not planned: " + reason);
    }

    /** Frees the work spaces of this thread, for which ND4J has the heap collected; vectors live on while they are reachable. */
    @Override
    public void close() {
        network.clear();
        Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
    }

    Dl4jModel network() {
        return network;
    }
}
