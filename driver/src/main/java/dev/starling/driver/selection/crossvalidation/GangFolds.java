package dev.starling.driver.selection.crossvalidation;

import dev.starling.driver.data.PreparedData;
import dev.starling.driver.data.RawData;
import dev.starling.driver.evaluation.Evaluator;
import dev.starling.driver.evaluation.Outputs;
import dev.starling.driver.selection.crossvalidation.CrossValidation.Settings;
import dev.starling.driver.selection.folds.Fold;
import dev.starling.driver.selection.pool.Recipe;
import dev.starling.driver.selection.pool.RowChoice;
import dev.starling.driver.selection.pool.UnitFailure;
import dev.starling.driver.selection.pool.UnitFailure.Cause;
import dev.starling.driver.selection.pool.UnitResult.Predictions;
import dev.starling.driver.store.RunHistory;
import dev.starling.driver.store.RunMetrics.SplitMetrics;
import dev.starling.driver.store.StoredModel;
import dev.starling.driver.training.ProgressListener;
import dev.starling.driver.training.TrainedModel;
import dev.starling.driver.training.Trainer;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.data.Split;
import dev.starling.worker.data.Target;
import dev.starling.worker.exchange.TrainingFailed;
import dev.starling.worker.gang.TrainingSpec;
import dev.starling.worker.metrics.Scoring;
import dev.starling.worker.network.NetworkSpec;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;

/** Cross-validates a network that is too large or slow for one replica: a gang per fold, one fold after the other. */
public final class GangFolds {
    private final JavaSparkContext spark;
    private final RawData data;
    private final FoldPlan plan;
    private final Recipe recipe;
    private final Settings settings;
    private final int replicas;
    private final Map<String, String> facts = new HashMap<>();

    private GangFolds(
            JavaSparkContext spark, RawData data, FoldPlan plan, Recipe recipe, Settings settings, int replicas) {
        this.spark = spark;
        this.data = data;
        this.plan = plan;
        this.recipe = recipe;
        this.settings = settings;
        this.replicas = replicas;
    }

    /**
     * As {@link CrossValidation#run}, by gangs.
     *
     * @param replicas of each, ≥ 1
     * @throws InvalidInput if it is nested, which only units of one replica are
     */
    public static CrossValidationResult run(
            JavaSparkContext spark,
            RawData data,
            FoldPlan plan,
            Recipe recipe,
            Settings settings,
            int replicas,
            SortedMap<Integer, FoldResult> done,
            CrossValidationListener listener) {
        if (settings.nested()) {
            requireOneReplica(replicas);
        }
        if (plan.spec().isBootstrap()) {
            throw new InvalidInput("Cannot bootstrap with cluster.replicas: " + replicas
                    + " (expected 1 or auto: a gang learns from every row once)");
        }
        GangFolds gangs = new GangFolds(spark, data, plan, recipe, settings, replicas);
        SortedMap<Integer, FoldResult> results = new TreeMap<>(done);
        SortedMap<Integer, UnitFailure> failures = new TreeMap<>();
        for (int fold = 0; fold < plan.size(); fold++) {
            if (results.containsKey(fold)) {
                continue;
            }
            try {
                FoldResult result = gangs.fold(fold);
                results.put(fold, result);
                listener.finished(result);
            } catch (TrainingFailed e) {
                UnitFailure failure = new UnitFailure(Cause.OTHER, e.getMessage(), "");
                failures.put(fold, failure);
                listener.failed(fold, failure);
            }
        }
        if (!failures.isEmpty()) {
            throw FoldsFailed.of(plan, failures);
        }
        return CrossValidationResult.of(plan, data.classes(), new ArrayList<>(results.values()), gangs.facts);
    }

    /** @throws InvalidInput unless what is nested is trained by one replica each */
    public static void requireOneReplica(int replicas) {
        if (replicas > 1) {
            throw new InvalidInput("Cannot cross-validate nested with cluster.replicas: " + replicas
                    + " (expected 1 or auto: inner folds run side by side)");
        }
    }

    private FoldResult fold(int index) {
        long start = System.nanoTime();
        RowChoice choice = plan.choice(index);
        TrainingSpec training = recipe.training().withSeed(plan.trainingSeed(index));
        RawData.Rows rows = new RawData.Rows(choice.train(), choice.validation(), choice.scored());
        try (PreparedData prepared = data.prepare(
                rows,
                recipe.scale(),
                recipe.targetScale(),
                recipe.declaredInput(),
                recipe.pseudoLabels().stream().findFirst(),
                training.seed())) {
            NetworkSpec network = recipe.network(prepared.preparation().input());
            TrainedModel model = Trainer.train(spark, prepared, network, training, replicas, ProgressListener.NONE);
            facts.putAll(model.facts());
            if (!settings.models().isEmpty()) {
                StoredModel.write(
                        URI.create(settings.models() + "/" + (index + 1)),
                        spark.hadoopConfiguration(),
                        network,
                        model.parameters(),
                        prepared.preparation());
            }
            return result(index, prepared, network, model, start);
        }
    }

    private FoldResult result(int index, PreparedData prepared, NetworkSpec network, TrainedModel model, long start) {
        SortedMap<Split, SplitMetrics> metrics = new TreeMap<>();
        for (Split split : Split.values()) {
            if (prepared.has(split)) {
                metrics.put(
                        split,
                        SplitMetrics.of(Evaluator.evaluate(
                                spark,
                                prepared,
                                network,
                                model.parameters(),
                                recipe.training().step(),
                                split)));
            }
        }
        Outputs outputs = Outputs.of(
                spark, prepared, network, model.parameters(), recipe.training().step(), Split.TEST);
        Target target = prepared.preparation().target();
        Scoring scoring = Scoring.of(network, target);
        int rows = outputs.outputs().length / scoring.outputs();
        Fold fold = plan.folds().get(index);
        return new FoldResult(
                index,
                fold.repeat(),
                fold.number(),
                metrics,
                RunHistory.of(model.history()),
                model.history().size(),
                Predictions.of(
                        target,
                        scoring.shownOutputs(),
                        scoring.shownOf(outputs.outputs(), rows),
                        scoring.shownOf(outputs.targets(), rows)),
                Optional.empty(),
                (System.nanoTime() - start) / 1e9,
                model.trainingSeconds());
    }
}
