package dev.starling.jobs.command;

import dev.starling.driver.store.Provenance;
import dev.starling.driver.store.RunDirectory;
import dev.starling.driver.store.StoredRun;
import dev.starling.jobs.experiment.Experiment;
import dev.starling.jobs.experiment.ExperimentParser;
import dev.starling.jobs.experiment.ExperimentText;
import dev.starling.jobs.progress.Screen;
import dev.starling.worker.InvalidInput;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@code resume} of a cross-validation: folds that are finished stay, the others run as they would have. */
record FoldsResume(Cluster cluster, StoredRun stored, SharedOptions options, Surroundings surroundings, Screen screen) {
    void run(RunDirectory run, Experiment experiment, Instant start) {
        Optional<Experiment> other = stored.against()
                .map(text -> ExperimentParser.parse(new ExperimentText(
                        stored.location() + "/against.yaml",
                        text,
                        surroundings.folder().toString(),
                        List.of(),
                        surroundings.environment(),
                        new RunOrigins(options, surroundings, Optional.empty()))));
        try (FoldData data = FoldData.open(cluster, experiment, experiment)) {
            Optional<Provenance> before = stored.provenance();
            before.ifPresent(earlier -> requireSameData(earlier, data));
            Provenance origin = ProvenanceOf.start(
                    experiment.seed(),
                    data.data(),
                    cluster,
                    experiment.replicas().ofFold(),
                    before.map(Provenance::start).orElse(start));
            new FoldRuns(cluster, experiment, other, screen).finish(data, run, origin, start);
        } catch (Exception e) { // Scala throws checked exceptions without saying so.
            screen.erase();
            if (!Failure.isWrongInput(e)) {
                screen.line("the run is not finished; what it has: " + run.location());
            }
            throw e;
        }
    }

    private void requireSameData(Provenance before, FoldData data) {
        String now = data.data().fingerprint();
        if (!before.data().fingerprint().equals(now)) {
            throw new InvalidInput("Cannot resume run " + stored.location() + ": its data are others now, fingerprint "
                    + now + " (expected " + before.data().fingerprint() + " as when it began)");
        }
    }
}
