package dev.starling.jobs.command;

import dev.starling.driver.data.InputFormat;
import dev.starling.driver.data.NewRows;
import dev.starling.driver.ensemble.EnsembleModel;
import dev.starling.driver.files.NewFile;
import dev.starling.driver.prediction.OutputTable;
import dev.starling.driver.prediction.Predictor;
import dev.starling.driver.store.StoredRun;
import dev.starling.jobs.experiment.Experiment;
import dev.starling.jobs.progress.Screen;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.SubNetwork;
import dev.starling.worker.step.StepChoice;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** {@code predict}: a stored run and rows → a CSV of what the model says of them. Changes nothing else. */
record PredictJob(
        String name,
        String input,
        String output,
        Optional<String> layer,
        InputFormat format,
        SharedOptions options,
        Surroundings surroundings) {

    /** What is asked of the model: a network, its parameters, and what its outputs mean. */
    private record Question(NetworkSpec network, float[] parameters, StepChoice step, int width, OutputTable table) {}

    int run() {
        URI rows = surroundings.locate(input);
        URI file = surroundings.locate(output);
        NameNodes.requireReachable(surroundings.locate(name), surroundings.locate(options.runs()), rows, file);
        return Interruption.during(surroundings.err(), interruption -> {
            interruption.tell("interrupted");
            try (Cluster cluster = Cluster.start("predict " + name, options, surroundings.err())) {
                interruption.silenceBy(cluster, new Screen(surroundings.err(), Optional.empty()));
                StoredRun run = Runs.open(name, options, surroundings, cluster.hadoop());
                requireFinished(run);
                NewFile target = NewFile.at(file, cluster.hadoop());
                SharedDisk.require(cluster, options, path(rows));
                predict(cluster, run, path(rows), target);
            }
            return ExitStatus.DONE;
        });
    }

    private static String path(URI rows) {
        return "file".equals(rows.getScheme()) ? rows.getPath() : rows.toString();
    }

    private static void requireFinished(StoredRun run) {
        if (!run.finished()) {
            throw new InvalidInput("Cannot predict by run " + run.location()
                    + ": it is not finished (expected a finished run; resume goes on with this one)");
        }
    }

    private void predict(Cluster cluster, StoredRun run, String rows, NewFile target) {
        Experiment own = Experiments.ofModel(run, options, surroundings);
        if (run.isCrossValidation()) {
            predictTogether(cluster, own, KeptModels.of(run, own), rows, target);
            return;
        }
        Preparation preparation = run.preparation();
        Question question = question(own, preparation, run.parameters());
        try (NewRows read = NewRows.open(
                        cluster.context(), rows, format, own.data().train(), preparation, question.width());
                Predictor predictor = Predictor.of(
                        cluster.context(),
                        read,
                        preparation,
                        question.network(),
                        question.parameters(),
                        question.step(),
                        question.table())) {
            write(read, predictor, target, "");
        }
    }

    /** By several models as one. */
    private void predictTogether(Cluster cluster, Experiment own, EnsembleModel model, String rows, NewFile target) {
        layer.ifPresent(asked -> {
            throw new InvalidInput(
                    "Cannot predict layer " + asked + " by " + model.members().size()
                            + " models: a mean of what layers give means nothing (expected a run of one model, or no --layer)");
        });
        try (NewRows read = NewRows.open(
                        cluster.context(), rows, format, own.data().train(), model.preparation(), model.width());
                Predictor predictor = Predictor.of(
                        cluster.context(), read, model, own.training().step())) {
            write(read, predictor, target, ", by " + model.members().size() + " models");
        }
    }

    private void write(NewRows read, Predictor predictor, NewFile target, String by) {
        read.warnings().forEach(surroundings.err()::println);
        target.write(predictor::writeTo);
        String leftOut = predictor.leftOut() == 0
                ? ""
                : String.format(Locale.ROOT, ", %,d with missing values left out", predictor.leftOut());
        surroundings
                .err()
                .println(String.format(Locale.ROOT, "%,d rows%s%s: ", predictor.rows(), leftOut, by)
                        + target.location());
    }

    private Question question(Experiment own, Preparation preparation, float[] parameters) {
        NetworkSpec network = own.network(preparation.input());
        StepChoice step = own.training().step();
        if (layer.isEmpty()) {
            NetworkLayout layout = NetworkLayout.of(network);
            OutputTable table = OutputTable.of(preparation, layout.outputSizes().get(0));
            return new Question(network, parameters, step, layout.output().size(), table);
        }
        SubNetwork part = SubNetwork.upTo(network, layer.get());
        OutputTable table = OutputTable.Layer.of(layer.get(), part.output());
        // Where a layer in the middle cannot be planned as the last one, DL4J gives it.
        StepChoice either = step == StepChoice.PLANNED ? StepChoice.AUTO : step;
        return new Question(
                part.network(),
                part.parameters(parameters),
                either,
                part.output().size(),
                table);
    }
}
