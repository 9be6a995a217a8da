package dev.starling.jobs.command;

import dev.starling.driver.data.DataPipeline;
import dev.starling.driver.data.PreparedData;
import dev.starling.driver.evaluation.Codes;
import dev.starling.driver.store.RunPart;
import dev.starling.driver.store.StoredRun;
import dev.starling.jobs.experiment.Experiment;
import dev.starling.jobs.inspection.Inspection;
import dev.starling.jobs.inspection.Inspection.Wish;
import dev.starling.jobs.progress.Screen;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.Split;
import dev.starling.worker.inspection.Encoder;
import dev.starling.worker.network.NetworkSpec;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code inspect}: what a layer of a stored model has learned, written into the run's folder {@code inspection/LAYER}. */
final class InspectJob {
    private InspectJob() {}

    /**
     * What is asked for.
     *
     * @param split its word
     * @param rows most of them, ≥ 2
     */
    record Request(Optional<String> layer, Optional<String> split, int rows, Wish wish) {}

    static int run(String name, Request request, SharedOptions options, Surroundings surroundings) {
        NameNodes.requireReachable(surroundings.locate(name), surroundings.locate(options.runs()));
        return Interruption.during(surroundings.err(), interruption -> {
            interruption.tell("interrupted");
            try (Cluster cluster = Cluster.start("inspect " + name, options, surroundings.err())) {
                interruption.silenceBy(cluster, new Screen(surroundings.err(), Optional.empty()));
                StoredRun run = Runs.open(name, options, surroundings, cluster.hadoop());
                Experiment experiment = Experiments.ofModel(run, options, surroundings);
                SharedDisk.require(cluster, options, experiment.data());
                surroundings.out().println(write(cluster, run, experiment, request));
            }
            return ExitStatus.DONE;
        });
    }

    private static String write(Cluster cluster, StoredRun run, Experiment experiment, Request request) {
        Preparation preparation = run.preparation();
        NetworkSpec network = experiment.network(preparation.input());
        float[] parameters = run.parameters();
        String layer = request.layer().orElseGet(() -> Encoder.narrowest(network));
        Encoder encoder = Encoder.upTo(network, parameters, layer);
        try (PreparedData data = DataPipeline.labelled(
                cluster.context(), experiment.data(), experiment.loss(), experiment.seed(), preparation)) {
            Split split = split(data, request.split());
            Codes fitted = Codes.of(cluster.context(), data, encoder, Split.TRAIN, request.rows());
            Codes shown =
                    split == Split.TRAIN ? fitted : Codes.of(cluster.context(), data, encoder, split, request.rows());
            Inspection inspection = new Inspection(
                    layer,
                    network,
                    parameters,
                    encoder,
                    preparation,
                    data.preparation(),
                    fitted,
                    split,
                    shown,
                    request.wish());
            RunPart part = run.part("inspection/" + layer);
            inspection.files(experiment.seed()).forEach(part::write);
            return part.location();
        }
    }

    /** By default the one that the model knows least. */
    private static Split split(PreparedData data, Optional<String> word) {
        Split[] all = Split.values();
        if (word.isEmpty()) {
            return Arrays.stream(all)
                    .filter(data::has)
                    .reduce((first, second) -> second)
                    .orElseThrow();
        }
        return Arrays.stream(all)
                .filter(split -> split.label().equals(word.get()) && data.has(split))
                .findFirst()
                .orElseThrow(() -> new InvalidInput("Cannot inspect split " + word.get()
                        + ": the data have none of that name (expected one of "
                        + Arrays.stream(all).filter(data::has).map(Split::label).collect(Collectors.joining(", "))
                        + ")"));
    }
}
