package dev.starling.driver.store;

import dev.starling.driver.store.Provenance.Attempt;
import dev.starling.driver.store.Provenance.Build;
import dev.starling.driver.store.Provenance.Cluster;
import dev.starling.driver.store.Provenance.Data;
import dev.starling.driver.store.Provenance.Outcome;
import dev.starling.worker.data.Feature;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.Split;
import dev.starling.worker.data.Target;
import dev.starling.worker.metrics.ClassTable;
import dev.starling.worker.network.Activation;
import dev.starling.worker.network.Dense;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.Shape;
import dev.starling.worker.network.Weights;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Small values that tests of the store share. */
final class Examples {
    static final Instant START = Instant.parse("2024-05-01T12:30:45Z");

    static final NetworkSpec NETWORK = new NetworkSpec(
            new Shape.Flat(2),
            List.of(
                    new Dense("hidden", 3, Activation.Simple.TANH, Weights.DEFAULT),
                    new Dense("output", 1, Activation.Simple.SIGMOID, Weights.DEFAULT)),
            Loss.BINARY_CROSSENTROPY);

    /** 2·3 + 3 + 3·1 + 1. */
    static final float[] PARAMETERS = {0.1f, -0.2f, 0.3f, -0.4f, 0.5f, -0.6f, 0.01f, 0.02f, 0.03f, 1f, -2f, 3f, 0.25f};

    private Examples() {}

    static Provenance started() {
        return new Provenance(
                1,
                -42,
                new Data("abc123", new TreeMap<>(Map.of(Split.TRAIN, 1437L, Split.TEST, 360L))),
                new Build("0123456789ab", new TreeMap<>(Map.of("starling", "0.1.0", "spark", "3.5.7"))),
                new Cluster("local[2]", 2, 2),
                START,
                List.of(
                        new Attempt(START.plusSeconds(1), 2, 0, 0, Optional.of("replica 1 was lost")),
                        new Attempt(START.plusSeconds(9), 2, 3, 12, Optional.empty())),
                Optional.empty());
    }

    static Provenance finished() {
        return started()
                .finished(new Outcome(
                        START.plusSeconds(61),
                        1,
                        "AVX-512",
                        "reference",
                        List.of("gpu 0", "cpu"),
                        new TreeMap<>(Map.of("parameters", "00ff", "optimizerState", "e3b0c442"))));
    }

    /** A train split of numbers, and a test split of classes, one of which was never met. */
    static RunMetrics metrics() {
        Map<String, Double> train = new LinkedHashMap<>();
        train.put("loss", 0.1 + 0.2);
        train.put("accuracy", 1.0);
        ClassTable table = new ClassTable(
                List.of(
                        new ClassTable.Row("<a>", 0.5, 1, 2 / 3.0, 1),
                        new ClassTable.Row("b", 1, 0.5, 2 / 3.0, 2),
                        new ClassTable.Row("c", 0, 0, 0, 0)),
                List.of(List.of(1L, 0L, 0L), List.of(1L, 1L, 0L), List.of(0L, 0L, 0L)));
        return new RunMetrics(
                new TreeMap<>(Map.of(
                        Split.TRAIN, new RunMetrics.SplitMetrics(train, Optional.empty()),
                        Split.TEST, new RunMetrics.SplitMetrics(Map.of("loss", Double.NaN), Optional.of(table)))),
                Optional.of(new RunMetrics.Timing(12.5, 10, 0.25, 4321)));
    }

    static RunHistory history() {
        return new RunHistory(List.of(
                new RunHistory.Entry(1, Split.TRAIN, "loss", 0.1 + 0.2),
                new RunHistory.Entry(1, Split.VALIDATION, "loss", 1e-300),
                new RunHistory.Entry(2, Split.TRAIN, "loss", 0.25)));
    }

    static Preparation preparation() {
        return new Preparation(
                new Shape.Flat(3),
                List.of(
                        new Feature.Numeric("age", 0.1 + 0.2, 3, 41.5),
                        new Feature.Categorical("job", List.of("cook", "\"smith\", black"))),
                new Target.Classes(List.of("no", "yes")));
    }
}
