package dev.starling.jobs.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "export-keras",
        description = {
            "Writes the model of a finished run for Keras, and prints what it wrote.",
            "Keras is not told what becomes of rows before the network sees them: give it prepared ones, as the run's preprocessing.json says."
        },
        mixinStandardHelpOptions = true)
final class ExportKerasCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private SharedOptions options;

    @Mixin
    private RunArgument run;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            required = true,
            description =
                    "For Keras 3 NAME.keras, or NAME.json, an architecture with NAME.weights.h5 beside it; for Keras 2 and 3 NAME.h5, a whole model. It must not be there yet; a path or a Hadoop URI.")
    private String output;

    ExportKerasCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        return new ExportKerasJob(run.text(), output, options, surroundings).run();
    }
}
