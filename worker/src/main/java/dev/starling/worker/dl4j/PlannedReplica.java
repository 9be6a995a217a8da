package dev.starling.worker.dl4j;

import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.dl4j.Dl4jMemory;
import dev.starling.worker.network.dl4j.Dl4jTranslation;
import dev.starling.worker.network.dl4j.Untranslatable;
import dev.starling.worker.plan.PlannedStep;
import dev.starling.worker.plan.Unplannable;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * A MultiLayerNetwork that nobody watches, trained by the planned step and our loops in place on DL4J's own vectors, where its configuration has nothing that they do not know; else, and for batches with masks or of another shape, by DL4J's
 * own fit, batch by batch. Equal to it up to rounding.
 */
final class PlannedReplica implements ReplicaNetwork {
    private final LayersReplica plain;
    private final int batchSize;
    private boolean asked;
    private Optional<Planned> planned = Optional.empty();
    private String reason = "no batch";
    /** Examples of the last batch if it was planned, else 0. */
    private int scoreRows;

    private double penaltyBefore;

    private record Planned(PlannedStep step, List<BlockUpdate> updates, long[] example, int outputs) {}

    PlannedReplica(LayersReplica plain, int batchSize) {
        this.plain = plain;
        this.batchSize = batchSize;
    }

    @Override
    public void listen(Collection<TrainingListener> listeners) {
        plain.listen(listeners);
    }

    @Override
    public void fit(MultiDataSet batch, long seed, StepWatcher watcher) {
        if (!asked) {
            asked = true;
            plan(batch);
        }
        scoreRows = 0;
        if (planned.isPresent() && fits(planned.get(), batch)) {
            train(planned.get(), batch, seed);
        } else {
            plain.fit(batch, seed, watcher);
        }
    }

    private void plan(MultiDataSet first) {
        try {
            requirePlainDescent();
            plain.network().initGradientsView();
            FlatVector gradient = Dl4jMemory.of(plain.network().getFlattenedGradients());
            long[] example = example(first.getFeatures(0));
            NetworkSpec spec = Dl4jTranslation.of(
                    plain.network().getLayerWiseConfigurations(),
                    LongStream.of(example).boxed().toList());
            BaseMultiLayerUpdater<?> updater =
                    (BaseMultiLayerUpdater<?>) plain.network().getUpdater();
            Optional<List<BlockUpdate>> updates =
                    BlockUpdate.all(updater.getUpdaterBlocks(), parameters(), gradient, updaterState());
            if (updates.isEmpty()) {
                reason = "an updater or penalty";
                return;
            }
            PlannedStep step = new PlannedStep(spec, batchSize, parameters(), gradient);
            planned = Optional.of(
                    new Planned(step, updates.get(), example, step.targets().length() / batchSize));
        } catch (Untranslatable | Unplannable e) {
            reason = e.getMessage();
        }
    }

    private void requirePlainDescent() throws Untranslatable {
        for (NeuralNetConfiguration conf :
                plain.network().getLayerWiseConfigurations().getConfs()) {
            boolean usual = conf.getOptimizationAlgo() == OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT
                    && conf.isMiniBatch()
                    && conf.isMinimize()
                    && conf.getStepFunction() == null;
            if (!usual) {
                throw new Untranslatable("another way of optimization");
            }
        }
    }

    private static long[] example(INDArray features) {
        return LongStream.of(features.shape()).skip(1).toArray();
    }

    private static boolean fits(Planned planned, MultiDataSet batch) {
        return !batch.hasMaskArrays()
                && batch.getFeatures().length == 1
                && batch.getLabels().length == 1
                && batch.getFeatures(0).dataType() == DataType.FLOAT
                && batch.getLabels(0).dataType() == DataType.FLOAT
                && java.util.Arrays.equals(example(batch.getFeatures(0)), planned.example())
                && batch.getLabels(0).rank() == 2
                && batch.getLabels(0).size(1) == planned.outputs();
    }

    private void train(Planned on, MultiDataSet batch, long seed) {
        int rows = Math.toIntExact(batch.getFeatures(0).size(0));
        copy(batch.getFeatures(0), on.step().features());
        copy(batch.getLabels(0), on.step().targets());
        on.step().train(rows, seed);
        penaltyBefore = on.updates().stream().mapToDouble(BlockUpdate::penalty).sum();
        MultiLayerNetwork network = plain.network();
        for (BlockUpdate update : on.updates()) {
            update.apply(network.getIterationCount(), network.getEpochCount());
        }
        network.setIterationCount(network.getIterationCount() + 1);
        scoreRows = rows;
    }

    private static void copy(INDArray from, FlatVector to) {
        FlatVector source = Dl4jMemory.of(from);
        to.floats().put(0, source.floats(), 0, source.length());
    }

    /** By the network's own loss, from what the step gave: only the last batch's is asked for. */
    @Override
    public double score() {
        if (scoreRows == 0) {
            return plain.score();
        }
        Planned on = planned.orElseThrow();
        Layer last = plain.network().getOutputLayer().conf().getLayer();
        ILossFunction loss =
                last instanceof BaseOutputLayer output ? output.getLossFn() : ((LossLayer) last).getLossFn();
        INDArray outputs = array(on.step().outputs(), scoreRows, on.outputs());
        INDArray targets = array(on.step().targets(), scoreRows, on.outputs());
        return loss.computeScore(targets, outputs, new ActivationIdentity(), null, true) + penaltyBefore;
    }

    private static INDArray array(FlatVector values, int rows, int columns) {
        float[] floats = new float[rows * columns];
        values.get(0, floats, 0, floats.length);
        return Nd4j.createFromArray(floats).reshape(rows, columns);
    }

    @Override
    public String step() {
        return planned.map(on -> on.step().description()).orElseGet(() -> plain.step() + "; not planned: " + reason);
    }

    @Override
    public int iterations() {
        return plain.iterations();
    }

    @Override
    public int epochs() {
        return plain.epochs();
    }

    @Override
    public Memory memory() {
        return plain.memory();
    }

    @Override
    public float[] freshUpdaterState() {
        return plain.freshUpdaterState();
    }

    @Override
    public RunningStatistics statistics() {
        return plain.statistics();
    }

    @Override
    public void close() {
        planned.ifPresent(on -> on.step().close());
        plain.close();
    }
}
