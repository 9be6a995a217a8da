package dev.starling.jobs.command;

import dev.starling.driver.data.PreparedData;
import dev.starling.driver.evaluation.Evaluator;
import dev.starling.driver.store.RunMetrics.SplitMetrics;
import dev.starling.worker.data.Split;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.step.StepChoice;
import java.util.SortedMap;
import java.util.TreeMap;

/** What {@code train} stores and {@code evaluate} prints: by one way, so that they agree. */
final class Evaluation {
    private Evaluation() {}

    static SortedMap<Split, SplitMetrics> ofAllSplits(
            Cluster cluster, PreparedData data, NetworkSpec network, float[] parameters, StepChoice step) {
        SortedMap<Split, SplitMetrics> splits = new TreeMap<>();
        for (Split split : Split.values()) {
            if (data.has(split)) {
                splits.put(
                        split,
                        SplitMetrics.of(Evaluator.evaluate(cluster.context(), data, network, parameters, step, split)));
            }
        }
        return splits;
    }
}
