package dev.starling.jobs.command;

import dev.starling.driver.data.DataPipeline;
import dev.starling.driver.data.DataSpec;
import dev.starling.driver.data.PreparedData;
import dev.starling.driver.ensemble.EnsembleEvaluator;
import dev.starling.driver.ensemble.EnsembleModel;
import dev.starling.driver.store.MetricsJson;
import dev.starling.driver.store.RunMetrics;
import dev.starling.driver.store.RunMetrics.SplitMetrics;
import dev.starling.driver.store.StoredRun;
import dev.starling.jobs.experiment.Experiment;
import dev.starling.jobs.experiment.ExperimentParser;
import dev.starling.jobs.progress.Screen;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.Split;
import dev.starling.worker.network.NetworkSpec;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code evaluate}: a stored model on its own splits, or on the data of another experiment. Nothing is fitted and nothing changed. */
final class EvaluateJob {
    private EvaluateJob() {}

    static int run(String name, Optional<String> otherData, SharedOptions options, Surroundings surroundings) {
        Optional<Experiment> other =
                otherData.map(file -> ExperimentParser.parse(Experiments.text(file, options, surroundings)));
        NameNodes.requireReachable(surroundings.locate(name), surroundings.locate(options.runs()));
        other.ifPresent(experiment -> NameNodes.requireReachable(experiment.data()));
        return Interruption.during(surroundings.err(), interruption -> {
            interruption.tell("interrupted");
            try (Cluster cluster = Cluster.start("evaluate " + name, options, surroundings.err())) {
                interruption.silenceBy(cluster, new Screen(surroundings.err(), Optional.empty()));
                StoredRun run = Runs.open(name, options, surroundings, cluster.hadoop());
                Experiment own = Experiments.ofModel(run, options, surroundings);
                RunMetrics metrics = evaluate(cluster, run, own, other.orElse(own), options, surroundings);
                surroundings.out().print(MetricsJson.write(metrics));
            }
            return ExitStatus.DONE;
        });
    }

    private static RunMetrics evaluate(
            Cluster cluster,
            StoredRun run,
            Experiment own,
            Experiment source,
            SharedOptions options,
            Surroundings surroundings) {
        if (source.data().isAbsent()) {
            throw new InvalidInput("Cannot evaluate run " + run.location()
                    + ": its model came without data (expected --data EXPERIMENT)");
        }
        SharedDisk.require(cluster, options, source.data());
        if (run.isCrossValidation()) {
            return together(cluster, KeptModels.of(run, own), own, source, surroundings);
        }
        NetworkSpec network = own.network(run.preparation().input());
        float[] parameters = run.parameters();
        try (PreparedData data = data(cluster, run, own, source)) {
            data.warnings().forEach(surroundings.err()::println);
            return new RunMetrics(
                    Evaluation.ofAllSplits(
                            cluster, data, network, parameters, own.training().step()),
                    Optional.empty());
        }
    }

    /** Several models as one. What the folds learned from is one split, whatever watched them. */
    private static RunMetrics together(
            Cluster cluster, EnsembleModel model, Experiment own, Experiment source, Surroundings surroundings) {
        DataSpec given = source.data();
        DataSpec spec = given.equals(own.data()) ? given.withoutValidationFraction() : given;
        SortedMap<Split, SplitMetrics> splits = new TreeMap<>();
        try (PreparedData data =
                DataPipeline.prepare(cluster.context(), spec, own.loss(), source.seed(), model.preparation())) {
            data.warnings().forEach(surroundings.err()::println);
            for (Split split : Split.values()) {
                if (data.has(split)) {
                    splits.put(
                            split,
                            SplitMetrics.of(EnsembleEvaluator.evaluate(
                                    cluster.context(),
                                    data,
                                    model,
                                    own.training().step(),
                                    split)));
                }
            }
            return new RunMetrics(splits, Optional.empty());
        }
    }

    /** What the model was trained with; a model that came without data says nothing of scales and classes, so that those of the data hold. */
    private static PreparedData data(Cluster cluster, StoredRun run, Experiment own, Experiment source) {
        Preparation stored = run.preparation();
        return own.data().isAbsent()
                ? DataPipeline.prepare(
                        cluster.context(), source.data(), own.loss(), Optional.of(stored.input()), source.seed())
                : DataPipeline.prepare(cluster.context(), source.data(), own.loss(), source.seed(), stored);
    }
}
