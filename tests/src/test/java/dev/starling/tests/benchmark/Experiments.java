package dev.starling.tests.benchmark;

import dev.starling.jobs.experiment.Experiment;
import dev.starling.jobs.experiment.ExperimentParser;
import dev.starling.jobs.experiment.ExperimentText;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.Shape;
import dev.starling.worker.optimizer.OptimizerSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The benchmarks' networks as the experiment files say. */
final class Experiments {
    private Experiments() {}

    record Described(NetworkSpec network, OptimizerSpec optimizer) {}

    static Described of(Path root, Work work) {
        ExperimentText text = ExperimentText.read(
                work.experiment(), List.of(), Map.of("STARLING_DATA", "/nowhere"), root.toAbsolutePath());
        Experiment experiment = ExperimentParser.parse(text);
        Shape input = experiment.input().orElseGet(() -> new Shape.Image(28, 28, 1));
        return new Described(experiment.network(input), experiment.training().optimizer());
    }
}
