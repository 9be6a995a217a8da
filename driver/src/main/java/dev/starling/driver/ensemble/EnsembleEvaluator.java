package dev.starling.driver.ensemble;

import dev.starling.driver.data.PreparedData;
import dev.starling.worker.data.Split;
import dev.starling.worker.data.Target;
import dev.starling.worker.metrics.Metrics;
import dev.starling.worker.metrics.Scoring;
import dev.starling.worker.metrics.Totals;
import dev.starling.worker.step.StepChoice;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Scores an ensemble on a split of data, on whatever slots there are: the same values on any. */
public final class EnsembleEvaluator {
    private EnsembleEvaluator() {}

    /**
     * Scores the means.
     *
     * @param data prepared by {@link EnsembleModel#preparation}
     * @param split one that the data have
     * @return for numbers without a loss, as members' losses are in units that are trained
     */
    public static Metrics evaluate(
            JavaSparkContext spark, PreparedData data, EnsembleModel model, StepChoice step, Split split) {
        Target target = model.preparation().target();
        Scoring scoring = EnsembleModel.scoring(target, model.width());
        Broadcast<float[]> shipped = spark.broadcast(model.parameters());
        try {
            Committee.Call call =
                    new Committee.Call(shipped, model.members(), model.preparation(), model.width(), step);
            Metrics metrics = data.rowsOf(split).mapPartitions(new EnsembleBlocks(call, target)).collect().stream()
                    .map(ByteBuffer::wrap)
                    .sorted(Comparator.comparingInt(block -> block.getInt(0)))
                    .map(block -> totals(scoring, block))
                    .reduce(scoring.zero(), Totals::plus)
                    .metrics(0);
            return target instanceof Target.Values ? withoutLoss(metrics) : metrics;
        } finally {
            shipped.destroy();
        }
    }

    private static Totals totals(Scoring scoring, ByteBuffer block) {
        byte[] bytes = new byte[block.capacity() - Integer.BYTES];
        block.get(Integer.BYTES, bytes);
        return Totals.fromBytes(scoring, bytes);
    }

    private static Metrics withoutLoss(Metrics metrics) {
        Map<String, Double> values = new LinkedHashMap<>(metrics.values());
        values.remove("loss");
        return new Metrics(metrics.examples(), values, metrics.classes());
    }
}
