package dev.starling.jobs.command;

import dev.starling.driver.data.DataPipeline;
import dev.starling.driver.data.FirstRecord;
import dev.starling.driver.data.PreparedData;
import dev.starling.jobs.experiment.Experiment;
import dev.starling.worker.network.Shape;
import java.io.PrintStream;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** The shape of a network's input where the experiment file does not say it. */
final class InputShape {
    private InputShape() {}

    /** From the data: by their first record, or if that cannot tell by reading all, for which Spark is started. */
    static Shape of(Experiment experiment, SharedOptions options, PrintStream err) {
        Optional<Shape> first = FirstRecord.inputShape(experiment.data(), experiment.loss(), new Configuration());
        return first.orElseGet(() -> Whole.shape(experiment, options, err));
    }

    /** Apart, so that Spark's classes are touched only here. */
    private static final class Whole {
        static Shape shape(Experiment experiment, SharedOptions options, PrintStream err) {
            try (Cluster cluster = Cluster.start("summary " + experiment.name(), options, err);
                    PreparedData data = DataPipeline.prepare(
                            cluster.context(),
                            experiment.data(),
                            experiment.loss(),
                            Optional.empty(),
                            experiment.seed())) {
                return data.preparation().input();
            }
        }
    }
}
