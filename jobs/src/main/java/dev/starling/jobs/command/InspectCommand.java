package dev.starling.jobs.command;

import dev.starling.jobs.inspection.Inspection.Wish;
import dev.starling.worker.Problems;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "inspect",
        description =
                "Shows what a layer of a stored model has learned: codes beside principal components, the spectrum of its Jacobian, inputs that maximise its units, reconstructions. Prints the folder in the run.",
        mixinStandardHelpOptions = true)
final class InspectCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private SharedOptions options;

    @Mixin
    private RunArgument run;

    @Option(names = "--layer", paramLabel = "NAME", description = "The layer (default: the narrowest before the last).")
    private Optional<String> layer = Optional.empty();

    @Option(
            names = "--split",
            paramLabel = "SPLIT",
            description = "train, validation or test: rows to look at (default: the last of them that there is).")
    private Optional<String> split = Optional.empty();

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Most rows of that split, and of train (default: ${DEFAULT-VALUE}).")
    private int rows;

    @Option(
            names = "--examples",
            paramLabel = "N",
            defaultValue = "10",
            description = "Examples that are reconstructed and given a Jacobian (default: ${DEFAULT-VALUE}).")
    private int examples;

    @Option(
            names = "--units",
            paramLabel = "N",
            defaultValue = "64",
            description = "Units whose maximising input is searched (default: ${DEFAULT-VALUE}).")
    private int units;

    InspectCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Problems problems = new Problems();
        require(problems, "--rows", rows, 2);
        require(problems, "--examples", examples, 0);
        require(problems, "--units", units, 0);
        problems.throwIfAny();
        return InspectJob.run(
                run.text(),
                new InspectJob.Request(layer, split, rows, new Wish(examples, units)),
                options,
                surroundings);
    }

    private static void require(Problems problems, String option, int value, int least) {
        if (value < least) {
            problems.add("Cannot read " + option + ": " + value + " (expected a whole number, at least " + least + ")");
        }
    }
}
