package dev.starling.jobs.command;

import dev.starling.driver.data.InputFormat;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "predict",
        description = {
            "Writes what a stored model says of new rows: a CSV with each row's number, its class and every class's probability, or the target's values in their own unit.",
            "The input is written as the training data of the run, but for what the options say; it needs no target."
        },
        mixinStandardHelpOptions = true)
final class PredictCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private SharedOptions options;

    @Mixin
    private RunArgument run;

    @Parameters(index = "1", paramLabel = "INPUT", description = "A file, a folder, a glob, or a Hadoop URI.")
    private String input;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            required = true,
            description = "The CSV to write; it must not be there yet. A path or a Hadoop URI.")
    private String output;

    @Option(
            names = "--layer",
            paramLabel = "NAME",
            description = "The layer whose outputs are wanted instead, such as the code of an autoencoder.")
    private Optional<String> layer = Optional.empty();

    @Option(names = "--format", paramLabel = "FORMAT", description = "csv or idx (default: as the training data).")
    private Optional<Format> format = Optional.empty();

    @Option(
            names = "--header",
            negatable = true,
            description = "Whether a CSV begins with the names of its columns (default: as the training data).")
    private Optional<Boolean> header = Optional.empty();

    @Option(
            names = "--delimiter",
            paramLabel = "CHARACTER",
            description = "Of a CSV: a character, \\t or whitespace (default: as the training data).")
    private Optional<String> delimiter = Optional.empty();

    /** As experiment files write them. */
    enum Format {
        csv,
        idx
    }

    PredictCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        InputFormat written = new InputFormat(
                format.map(Format.idx::equals), header, delimiter.map(text -> text.equals("\\t") ? "\t" : text));
        return new PredictJob(run.text(), input, output, layer, written, options, surroundings).run();
    }
}
