package dev.starling.jobs.command;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "evaluate",
        description =
                "Measures a stored model on its own splits, or on another experiment's data, and prints one JSON object. Changes nothing.",
        mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private SharedOptions options;

    @Mixin
    private RunArgument run;

    @Option(
            names = "--data",
            paramLabel = "EXPERIMENT",
            description = "The experiment file whose data are used instead.")
    private Optional<String> data = Optional.empty();

    EvaluateCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        return EvaluateJob.run(run.text(), data, options, surroundings);
    }
}
