package dev.starling.jobs.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "summary",
        description = "Layers, shapes and parameters of a network, as Keras prints them.",
        mixinStandardHelpOptions = true)
final class SummaryCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private SharedOptions options;

    @Parameters(paramLabel = "EXPERIMENT|RUN", description = "An experiment file, or a stored run.")
    private String subject;

    SummaryCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        surroundings.out().print(SummaryText.of(subject, options, surroundings));
        return ExitStatus.DONE;
    }
}
