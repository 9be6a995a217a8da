package dev.starling.jobs.command;

import dev.starling.driver.store.Provenance;
import dev.starling.driver.store.RunDirectory;
import dev.starling.driver.training.Attempt;
import dev.starling.driver.training.ProgressListener;
import dev.starling.jobs.progress.TrainingProgress;
import dev.starling.worker.gang.EpochReport;
import dev.starling.worker.gang.Position;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Writes every attempt at training into the run's provenance as it begins, so that it is told even where the driver dies; passes all progress on. */
final class AttemptLog implements ProgressListener {
    private final RunDirectory run;
    private final int replicas;
    private final TrainingProgress progress;
    private Provenance provenance;
    private boolean fromTheBeginning = true;

    /** @param origin with the attempts that there were before */
    AttemptLog(Provenance origin, RunDirectory run, int replicas, TrainingProgress progress) {
        this.provenance = origin;
        this.run = run;
        this.replicas = replicas;
        this.progress = progress;
    }

    @Override
    public void attempt(Attempt attempt) {
        attempt.cause().ifPresent(cause -> provenance = provenance.lastFailed(cause));
        Position from = attempt.from().orElse(Position.START);
        if (attempt.cause().isEmpty()) {
            fromTheBeginning = from.equals(Position.START);
        }
        provenance = provenance.begun(new Provenance.Attempt(
                Instant.now().truncatedTo(ChronoUnit.MILLIS), replicas, from.epoch(), from.round(), Optional.empty()));
        run.writeProvenance(provenance);
        progress.attempt(attempt);
    }

    @Override
    public void round(RoundProgress round) {
        progress.round(round);
    }

    @Override
    public void epoch(EpochReport report) {
        progress.epoch(report);
    }

    @Override
    public boolean stopRequested() {
        return progress.stopRequested();
    }

    /** The last attempt ended the run. */
    void failed(Exception cause) {
        provenance = provenance.lastFailed(String.valueOf(cause.getMessage()));
        run.writeProvenance(provenance);
    }

    Provenance provenance() {
        return provenance;
    }

    /** Whether this job has trained all epochs so far, and not only those after a checkpoint of another one. */
    boolean fromTheBeginning() {
        return fromTheBeginning;
    }
}
