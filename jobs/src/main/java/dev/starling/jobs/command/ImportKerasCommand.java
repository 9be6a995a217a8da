package dev.starling.jobs.command;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import-keras",
        description = {
            "Makes a finished run of a model that Keras 1, 2 or 3 stored, and prints where it is.",
            "Nothing in the file is run: layers with code of their own, and whatever Starling has no word for, are refused."
        },
        mixinStandardHelpOptions = true)
final class ImportKerasCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private SharedOptions options;

    @Parameters(
            paramLabel = "FILE",
            description =
                    "A .keras archive, a whole model in .h5, or an architecture in .json; a path or a Hadoop URI.")
    private String file;

    @Option(
            names = "--weights",
            paramLabel = "FILE",
            description =
                    "The weights in HDF5, where FILE holds the architecture alone (default: NAME.weights.h5 beside NAME.json).")
    private Optional<String> weights = Optional.empty();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The run's, of letters, digits, - and _ (default: the file's name).")
    private Optional<String> name = Optional.empty();

    ImportKerasCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        return new ImportKerasJob(file, weights, name, options, surroundings).run();
    }
}
