package dev.starling.jobs.command;

import dev.starling.driver.data.RawData;
import dev.starling.driver.selection.search.Objective.Measured;
import dev.starling.driver.selection.search.SweepSpec;
import dev.starling.driver.store.Provenance;
import dev.starling.driver.store.RunDirectory;
import dev.starling.driver.store.RunStore;
import dev.starling.driver.store.StoredRun;
import dev.starling.jobs.experiment.Experiment;
import dev.starling.jobs.experiment.ExperimentParser;
import dev.starling.jobs.figure.Figures;
import dev.starling.jobs.progress.Screen;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.Problems;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** {@code sweep}, and {@code resume} of a sweep: experiment file → data → trials → the best one on all rows → store. */
final class SweepJob {
    private static final List<String> CHANGEABLE =
            List.of("sweep.trials", "sweep.maxTime", "sweep.maxEpochs", "sweep.maxFailed");

    private final Experiment experiment;
    private final SharedOptions options;
    private final Surroundings surroundings;
    private final Screen screen;
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    private SweepJob(Experiment experiment, SharedOptions options, Surroundings surroundings) {
        this.experiment = experiment;
        this.options = options;
        this.surroundings = surroundings;
        this.screen = new Screen(surroundings.err(), surroundings.terminal());
    }

    static int run(String file, SharedOptions options, Surroundings surroundings) {
        Experiment experiment = ExperimentParser.parseSweep(Experiments.text(file, options, surroundings));
        Figures.requireFonts(experiment.figures());
        SweepSpec sweep = experiment.sweep().orElseThrow();
        Figures.requireTrajectories(
                experiment.figures(), sweep.space().paths(), sweep.objective().measured() == Measured.VALIDATION);
        SharedDisk.require(options, surroundings, experiment.data());
        NameNodes.requireReachable(experiment.data(), surroundings.locate(options.runs()));
        SweepJob job = new SweepJob(experiment, options, surroundings);
        return Interruption.during(surroundings.err(), job::begin);
    }

    private int begin(Interruption interruption) {
        try (Cluster cluster = Cluster.start("sweep " + experiment.name(), options, surroundings.err())) {
            interruption.silenceBy(cluster, screen);
            RunStore store = Runs.store(options, surroundings, cluster.hadoop());
            String id = UUID.randomUUID().toString().substring(0, 6);
            store.requireWritable(id);
            try (SweepData data = SweepData.open(cluster, experiment)) {
                RunDirectory run = store.create(experiment.name(), start, id);
                run.writeProvenance(ProvenanceOf.start(experiment.seed(), data.own(), cluster, 1, start));
                TrainingData.keepOrigin(cluster, experiment, run);
                sweep(cluster, data, run, interruption);
            }
        }
        return ExitStatus.DONE;
    }

    /** Goes on with a sweep that is not finished, or that has a larger budget now. */
    static void resume(
            StoredRun stored,
            Cluster cluster,
            SharedOptions options,
            Surroundings surroundings,
            Interruption interruption) {
        requireChangeable(options.overrides());
        Experiment experiment = ExperimentParser.parseSweep(Experiments.text(stored, options, surroundings));
        SharedDisk.require(cluster, options, stored, experiment.data());
        Figures.requireFonts(experiment.figures());
        try (SweepData data = SweepData.open(cluster, experiment)) {
            stored.provenance().ifPresent(before -> requireSameData(stored, before, data.own()));
            RunDirectory run = stored.extend();
            new SweepJob(experiment, options, surroundings).sweep(cluster, data, run, interruption);
        }
    }

    /** What the sweep is stays as it began. */
    private static void requireChangeable(List<String> overrides) {
        Problems problems = new Problems();
        for (String override : overrides) {
            if (!CHANGEABLE.contains(override.replaceFirst("=.*", "").strip())) {
                problems.add("Cannot resume with --set " + override + ": a sweep goes on as it began (expected only "
                        + String.join(", ", CHANGEABLE) + ")");
            }
        }
        problems.throwIfAny();
    }

    private static void requireSameData(StoredRun run, Provenance before, RawData data) {
        if (!before.data().fingerprint().equals(data.fingerprint())) {
            throw new InvalidInput("Cannot resume run " + run.location() + ": its data are others now, fingerprint "
                    + data.fingerprint() + " (expected " + before.data().fingerprint() + " as when it began)");
        }
    }

    private void sweep(Cluster cluster, SweepData data, RunDirectory run, Interruption interruption) {
        run.writeExperiment(experiment.resolved().text());
        interruption.silenceBy(cluster, screen);
        interruption.tell("interrupted; to go on: " + surroundings.resuming(run.location()));
        try {
            new SweepRun(experiment, cluster, data, run, screen).run(start);
        } catch (Exception e) { // Scala throws checked exceptions without saying so.
            screen.erase();
            if (!Failure.isWrongInput(e)) {
                screen.line("the sweep is not finished; to go on: " + surroundings.resuming(run.location()));
            }
            throw e;
        }
        interruption.tell("interrupted, when the run was stored: " + run.location());
        surroundings.out().println(run.location());
    }
}
