package dev.starling.worker.dl4j;

import dev.starling.worker.gang.BatchNormPooling;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.Initializer;
import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.network.ParameterBlock.Kind;
import dev.starling.worker.network.Penalty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Pools the running means and variances of a DL4J network's batch normalisation. DL4J's default is to hold log10 of the standard deviation, l = log10(σ), whose mean over replicas is no deviation of
 * anything: around an averaging it is turned into the variance, σ² = 10^(2l), and back. Used by its replica's thread.
 */
final class RunningStatistics {
    private final FlatVector parameters;
    private final List<ParameterBlock> logarithms = new ArrayList<>();
    private final BatchNormPooling pooling;

    /**
     * @param layers those with parameters, in the order in which these lie
     * @param parameters at a point where all replicas agree
     */
    RunningStatistics(List<? extends Trainable> layers, FlatVector parameters) {
        this.parameters = parameters;
        List<ParameterBlock> blocks = new ArrayList<>();
        int offset = 0;
        for (Trainable layer : layers) {
            for (Map.Entry<String, INDArray> parameter : layer.paramTable(false).entrySet()) {
                int length = Math.toIntExact(parameter.getValue().length());
                if (layer instanceof BatchNormalization) {
                    add(parameter.getKey(), offset, length, blocks);
                }
                offset += length;
            }
        }
        this.pooling = new BatchNormPooling(blocks, parameters);
    }

    private void add(String name, int offset, int length, List<ParameterBlock> blocks) {
        switch (name) {
            case BatchNormalizationParamInitializer.GLOBAL_MEAN -> blocks.add(block(Kind.RUNNING_MEAN, offset, length));
            case BatchNormalizationParamInitializer.GLOBAL_VAR ->
                blocks.add(block(Kind.RUNNING_VARIANCE, offset, length));
            case BatchNormalizationParamInitializer.GLOBAL_LOG_STD -> {
                ParameterBlock block = block(Kind.RUNNING_VARIANCE, offset, length);
                blocks.add(block);
                logarithms.add(block);
            }
            default -> {
                // gamma and beta are trained and averaged like all weights
            }
        }
    }

    private static ParameterBlock block(Kind kind, int offset, int length) {
        return new ParameterBlock("batchNormalization", kind, offset, length, 0, 0, Initializer.ZEROS, Penalty.NONE);
    }

    /** Just before the exchange averages the parameters. */
    void before() {
        toVariances();
        pooling.before();
    }

    /** Just after. */
    void after() {
        pooling.after();
        toLogarithms();
    }

    private void toVariances() {
        for (ParameterBlock block : logarithms) {
            for (int i = block.offset(); i < block.offset() + block.length(); i++) {
                double logarithm = parameters.floats().get(i);
                parameters.floats().put(i, (float) Math.pow(10, 2 * logarithm));
            }
        }
    }

    /** A variance of 0 has no logarithm; the smallest normal float stands for it. */
    private void toLogarithms() {
        for (ParameterBlock block : logarithms) {
            for (int i = block.offset(); i < block.offset() + block.length(); i++) {
                double variance = Math.max(Float.MIN_NORMAL, parameters.floats().get(i));
                parameters.floats().put(i, (float) (Math.log10(variance) / 2));
            }
        }
    }
}
