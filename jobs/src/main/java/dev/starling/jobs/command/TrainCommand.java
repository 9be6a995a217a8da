package dev.starling.jobs.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "train",
        description = "Trains, evaluates on every split and stores the run; the last line is where.",
        mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private SharedOptions options;

    @Parameters(paramLabel = "EXPERIMENT", description = "An experiment file.")
    private String experiment;

    TrainCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        return TrainJob.run(experiment, options, surroundings);
    }
}
