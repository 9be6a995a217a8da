package dev.starling.jobs.command;

import dev.starling.driver.data.DataSpec;
import dev.starling.driver.selection.crossvalidation.GangFolds;
import dev.starling.driver.store.Provenance;
import dev.starling.driver.store.RunDirectory;
import dev.starling.driver.store.RunStore;
import dev.starling.jobs.experiment.DataKeys;
import dev.starling.jobs.experiment.Experiment;
import dev.starling.jobs.experiment.ExperimentParser;
import dev.starling.jobs.experiment.ExperimentText;
import dev.starling.jobs.progress.Screen;
import dev.starling.worker.InvalidInput;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** {@code cross-validate}: experiment file → data → folds → store → report; and once more on the same folds where there is another to compare with. */
final class CrossValidateJob {
    private final Experiment experiment;
    private final Optional<Experiment> other;
    private final SharedOptions options;
    private final Surroundings surroundings;
    private final Screen screen;
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final String id = UUID.randomUUID().toString().substring(0, 6);

    private CrossValidateJob(
            Experiment experiment, Optional<Experiment> other, SharedOptions options, Surroundings surroundings) {
        this.experiment = experiment;
        this.other = other;
        this.options = options;
        this.surroundings = surroundings;
        this.screen = new Screen(surroundings.err(), surroundings.terminal());
    }

    static int run(String file, Optional<String> against, SharedOptions options, Surroundings surroundings) {
        Experiment experiment = ExperimentParser.parse(Experiments.text(file, options, surroundings));
        Optional<Experiment> other =
                against.map(path -> ExperimentParser.parse(Experiments.text(path, options, surroundings)));
        experiment.requireFit();
        other.ifPresent(Experiment::requireFit);
        if (FoldData.spec(experiment).nested()) {
            requireSearchable(experiment, Experiments.text(file, options, surroundings));
            other.ifPresent(
                    two -> requireSearchable(two, Experiments.text(against.orElseThrow(), options, surroundings)));
        }
        DataSpec[] data = Stream.concat(Stream.of(experiment), other.stream())
                .map(Experiment::data)
                .toArray(DataSpec[]::new);
        SharedDisk.require(options, surroundings, data);
        CrossValidateJob job = new CrossValidateJob(experiment, other, options, surroundings);
        return Interruption.during(surroundings.err(), job::run);
    }

    /** What a sweep inside the folds cannot set is told before anything begins. */
    private static void requireSearchable(Experiment experiment, ExperimentText text) {
        if (experiment.sweep().isPresent()) {
            List<List<String>> readings = DataKeys.readings(ExperimentParser.parseSweep(text));
            if (!readings.isEmpty()) {
                throw new InvalidInput(
                        "Cannot search "
                                + readings.get(0).get(0).replaceFirst("=.*", "")
                                + " inside folds: all read the data in one way (expected keys of network and training, seed, data.scale or data.targetScale)");
            }
            GangFolds.requireOneReplica(experiment.replicas().ofFold());
        }
    }

    private int run(Interruption interruption) {
        try (Cluster cluster = Cluster.start("cross-validate " + experiment.name(), options, surroundings.err())) {
            interruption.silenceBy(cluster, screen);
            RunStore store = Runs.store(options, surroundings, cluster.hadoop());
            store.requireWritable(id);
            try (FoldData one = FoldData.open(cluster, experiment, experiment)) {
                RunDirectory run = store.create(experiment.name(), start, id);
                interruption.tell("interrupted; to go on: " + surroundings.resuming(run.location()));
                crossValidate(cluster, one, run);
                surroundings.out().println(run.location());
            }
        }
        return ExitStatus.DONE;
    }

    private void crossValidate(Cluster cluster, FoldData one, RunDirectory run) {
        try {
            Provenance origin = ProvenanceOf.start(
                    experiment.seed(),
                    one.data(),
                    cluster,
                    experiment.replicas().ofFold(),
                    start);
            run.beginFolds();
            TrainingData.keepOrigin(cluster, experiment, run);
            other.ifPresent(TrainingData::storeOrigin);
            run.writeExperiment(experiment.resolved().text());
            other.ifPresent(two -> run.writeAgainst(two.resolved().text()));
            run.writeProvenance(origin);
            new FoldRuns(cluster, experiment, other, screen).finish(one, run, origin, start);
        } catch (Exception e) { // Scala throws checked exceptions without saying so.
            screen.erase();
            FoldRuns.keepOrDiscard(run, screen, e);
            throw e;
        }
    }
}
