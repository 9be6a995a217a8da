package dev.starling.jobs.command;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "cross-validate",
        description =
                "Trains and scores fold by fold, as many at a time as there are slots, and stores the run; the last line is where.",
        mixinStandardHelpOptions = true)
final class CrossValidateCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private SharedOptions options;

    @Parameters(paramLabel = "EXPERIMENT", description = "An experiment file.")
    private String experiment;

    @Option(
            names = "--against",
            paramLabel = "EXPERIMENT",
            description = "Another experiment to train on the same folds and compare with; --set holds for both.")
    private Optional<String> against = Optional.empty();

    CrossValidateCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        return CrossValidateJob.run(experiment, against, options, surroundings);
    }
}
