package dev.starling.jobs.command;

import dev.starling.driver.data.PreparedData;
import dev.starling.driver.store.Provenance;
import dev.starling.driver.store.RunDirectory;
import dev.starling.driver.store.StoredRun;
import dev.starling.jobs.experiment.Experiment;
import dev.starling.jobs.experiment.ExperimentParser;
import dev.starling.jobs.experiment.Replicas;
import dev.starling.jobs.figure.Figures;
import dev.starling.jobs.progress.Screen;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.Problems;
import dev.starling.worker.data.Split;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * {@code resume}: goes on with an unfinished run as if nothing had happened: the same experiment, data and number of replicas give the same bits. Only how failures are met,
 * and the number of replicas, may be another.
 */
final class ResumeJob {
    private static final List<String> CHANGEABLE =
            List.of("cluster.replicas", "cluster.checkpoint", "cluster.peerTimeout", "cluster.retries");

    private final SharedOptions options;
    private final Surroundings surroundings;
    private final Screen screen;
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    private ResumeJob(SharedOptions options, Surroundings surroundings) {
        this.options = options;
        this.surroundings = surroundings;
        this.screen = new Screen(surroundings.err(), surroundings.terminal());
    }

    static int run(String name, SharedOptions options, Surroundings surroundings) {
        ResumeJob job = new ResumeJob(options, surroundings);
        return Interruption.during(surroundings.err(), interruption -> job.run(name, interruption));
    }

    /** What the run is stays as it began. */
    private static void requireChangeable(List<String> overrides) {
        Problems problems = new Problems();
        for (String override : overrides) {
            String key = override.replaceFirst("=.*", "");
            boolean changeable = CHANGEABLE.stream().anyMatch(c -> key.equals(c) || key.startsWith(c + "."));
            if (!changeable) {
                problems.add("Cannot resume with --set " + override + ": a run goes on as it began (expected only "
                        + String.join(", ", CHANGEABLE) + ")");
            }
        }
        problems.throwIfAny();
    }

    private int run(String name, Interruption interruption) {
        interruption.tell("interrupted");
        try (Cluster cluster = Cluster.start("resume " + name, options, surroundings.err())) {
            interruption.silenceBy(cluster, screen);
            StoredRun stored = Runs.open(name, options, surroundings, cluster.hadoop());
            if (!stored.journal().isEmpty()) {
                SweepJob.resume(stored, cluster, options, surroundings, interruption);
                return ExitStatus.DONE;
            }
            requireChangeable(options.overrides());
            RunDirectory run = stored.reopen();
            Experiment experiment = ExperimentParser.parse(Experiments.text(stored, options, surroundings));
            SharedDisk.require(cluster, options, stored, experiment.data());
            Figures.requireFonts(experiment.figures());
            interruption.tell("interrupted; to go on: " + surroundings.resuming(run.location()));
            if (stored.isCrossValidation()) {
                new FoldsResume(cluster, stored, options, surroundings, screen).run(run, experiment, start);
                surroundings.out().println(run.location());
                return ExitStatus.DONE;
            }
            try (PreparedData data = TrainingData.prepare(cluster, experiment)) {
                Optional<Provenance> before = stored.provenance();
                before.ifPresent(p -> requireSameData(stored, p, data));
                resume(new RunTraining(experiment, cluster, data, run, screen, start), before);
                interruption.tell("interrupted, when the run was stored: " + run.location());
                surroundings.out().println(run.location());
            }
        }
        return ExitStatus.DONE;
    }

    private static void requireSameData(StoredRun run, Provenance before, PreparedData data) {
        if (!before.data().fingerprint().equals(data.fingerprint())) {
            throw new InvalidInput("Cannot resume run " + run.location() + ": its data are others now, fingerprint "
                    + data.fingerprint() + " (expected " + before.data().fingerprint() + " as when it began)");
        }
    }

    private void resume(RunTraining training, Optional<Provenance> before) {
        Cluster cluster = training.cluster();
        int replicas = replicas(training.experiment(), training.data(), cluster.slots(), before);
        Instant began = before.map(Provenance::start).orElse(start);
        Provenance origin = ProvenanceOf.start(training.experiment().seed(), training.data(), cluster, replicas, began)
                .withAttempts(before.map(Provenance::attempts).orElse(List.of()))
                .lastFailed("the driver ended");
        try {
            if (training.run().checkpoints(cluster.hadoop()).folder().isEmpty()) {
                screen.line("no checkpoint was kept; training begins anew");
            }
            training.train(origin, replicas);
        } catch (Exception e) { // Scala throws checked exceptions without saying so.
            if (!Failure.isWrongInput(e)) {
                screen.line("the run is not finished; what it has: "
                        + training.run().location() + " (" + surroundings.program()
                        + " resume goes on from its last checkpoint)");
            }
            throw e;
        }
    }

    /** As many as the user says, or as there were, if they were not chosen by slots of which there are fewer now. */
    private int replicas(Experiment experiment, PreparedData data, int slots, Optional<Provenance> before) {
        boolean said = options.overrides().stream().anyMatch(o -> o.startsWith("cluster.replicas="));
        int counted = experiment
                .replicas()
                .count(data.rows(Split.TRAIN), experiment.training().batchSize(), slots);
        if (said || before.isEmpty()) {
            return counted;
        }
        int then = before.get().cluster().replicas();
        if (slots >= then || !(experiment.replicas() instanceof Replicas.Auto)) {
            return then;
        }
        screen.line("there were " + then + " replicas, and now there are " + slots + " task slots: going on with "
                + counted + " replicas from the last epoch's end, which gives other bits");
        return counted;
    }
}
