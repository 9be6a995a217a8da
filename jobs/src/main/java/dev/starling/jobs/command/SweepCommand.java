package dev.starling.jobs.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "sweep",
        description =
                "Tries points of the experiment's sweep.space, trains the best one on all but the test rows, and measures it on those; the last line is where.",
        mixinStandardHelpOptions = true)
final class SweepCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private SharedOptions options;

    @Parameters(paramLabel = "EXPERIMENT", description = "An experiment file with a sweep.")
    private String experiment;

    SweepCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        return SweepJob.run(experiment, options, surroundings);
    }
}
