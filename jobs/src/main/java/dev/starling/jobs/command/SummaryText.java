package dev.starling.jobs.command;

import dev.starling.driver.store.StoredRun;
import dev.starling.jobs.experiment.Experiment;
import dev.starling.jobs.experiment.ExperimentParser;
import dev.starling.jobs.experiment.ExperimentText;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.Summary;
import dev.starling.worker.plan.StepFactory;
import dev.starling.worker.step.StepChoice;
import java.nio.file.Files;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** What {@code summary} prints. Hadoop's classes are touched only for a run, or where the data have to say the input's shape. */
final class SummaryText {
    private SummaryText() {}

    /** @param subject an experiment file, or a stored run */
    static String of(String subject, SharedOptions options, Surroundings surroundings) {
        boolean isFile = Files.isRegularFile(surroundings.folder().resolve(subject));
        NetworkSpec network = isFile || subject.matches(".*\\.ya?ml")
                ? ofExperiment(Experiments.text(subject, options, surroundings), options, surroundings)
                : ofRun(subject, options, surroundings);
        return Summary.of(network) + "Step: " + StepFactory.outlook(network, StepChoice.AUTO) + "\n";
    }

    private static NetworkSpec ofExperiment(ExperimentText text, SharedOptions options, Surroundings surroundings) {
        Optional<NetworkSpec> network = ExperimentParser.network(text);
        return network.orElseGet(() -> {
            Experiment experiment = ExperimentParser.parse(text);
            return experiment.network(InputShape.of(experiment, options, surroundings.err()));
        });
    }

    /** A run's preparation says the shape; one that did not get so far is treated as its experiment. */
    private static NetworkSpec ofRun(String run, SharedOptions options, Surroundings surroundings) {
        StoredRun stored = Runs.open(run, options, surroundings, new Configuration());
        ExperimentText text = Experiments.text(stored, options, surroundings);
        return stored.hasModel()
                ? ExperimentParser.stored(text).network(stored.preparation().input())
                : ofExperiment(text, options, surroundings);
    }
}
