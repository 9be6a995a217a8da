package dev.starling.jobs.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "resume",
        description =
                "Goes on with an unfinished run from its last checkpoint, in its own directory; --set takes keys of cluster that say how, or of a sweep that say how long; by those a finished sweep goes on, too.",
        mixinStandardHelpOptions = true)
final class ResumeCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private SharedOptions options;

    @Mixin
    private RunArgument run;

    ResumeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        return ResumeJob.run(run.text(), options, surroundings);
    }
}
