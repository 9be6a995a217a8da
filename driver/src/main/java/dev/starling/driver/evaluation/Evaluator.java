package dev.starling.driver.evaluation;

import dev.starling.driver.data.PreparedData;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.Split;
import dev.starling.worker.data.TargetCoding;
import dev.starling.worker.memory.Arena;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.metrics.Metrics;
import dev.starling.worker.metrics.Scoring;
import dev.starling.worker.metrics.Totals;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.optimizer.Clipping;
import dev.starling.worker.optimizer.Optimizer;
import dev.starling.worker.optimizer.OptimizerSpec;
import dev.starling.worker.optimizer.Schedule;
import dev.starling.worker.step.StepChoice;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Scores a model on a split of prepared data, on whatever slots there are. */
public final class Evaluator {
    private Evaluator() {}

    /** As {@link #evaluate(JavaSparkContext, PreparedData, NetworkSpec, float[], StepChoice, Split)}, by the step that fits best. */
    public static Metrics evaluate(
            JavaSparkContext spark, PreparedData data, NetworkSpec network, float[] parameters, Split split) {
        return evaluate(spark, data, network, parameters, StepChoice.AUTO, split);
    }

    /**
     * Scores.
     *
     * @param parameters of the network, in DL4J's order
     * @param split one that the data have
     * @return the loss holds the weights' penalties
     */
    public static Metrics evaluate(
            JavaSparkContext spark,
            PreparedData data,
            NetworkSpec network,
            float[] parameters,
            StepChoice step,
            Split split) {
        NetworkLayout layout = NetworkLayout.of(network);
        Preparation preparation = data.preparation();
        int outputs = layout.output().size();
        TargetCoding.of(preparation, network, outputs);
        Scoring scoring = Scoring.of(network, preparation.target());
        Broadcast<float[]> shipped = spark.broadcast(parameters);
        try {
            List<byte[]> blocks = data.encoded(split)
                    .mapPartitions(new ScoreBlocks(shipped, network, step, preparation))
                    .collect();
            return merge(blocks, scoring).metrics(penalty(layout, parameters));
        } finally {
            shipped.destroy();
        }
    }

    /** @param blocks number of block, then its totals */
    private static Totals merge(List<byte[]> blocks, Scoring scoring) {
        return blocks.stream()
                .map(ByteBuffer::wrap)
                .sorted(Comparator.comparingInt(block -> block.getInt(0)))
                .map(block -> {
                    byte[] totals = new byte[block.capacity() - Integer.BYTES];
                    block.get(Integer.BYTES, totals);
                    return Totals.fromBytes(scoring, totals);
                })
                .reduce(scoring.zero(), Totals::plus);
    }

    private static double penalty(NetworkLayout layout, float[] parameters) {
        OptimizerSpec none = new OptimizerSpec.Sgd(new Schedule.Constant(0), 0, false, 0);
        try (Arena memory = new Arena()) {
            FlatVector vector = memory.allocate(parameters.length);
            vector.set(parameters);
            return new Optimizer(none, new Clipping.None(), layout).penalty(vector);
        }
    }
}
