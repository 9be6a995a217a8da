package dev.starling.jobs.command;

import dev.starling.driver.files.NewFile;
import dev.starling.driver.files.StoreFiles;
import dev.starling.driver.keras.KerasExport;
import dev.starling.driver.store.StoredRun;
import dev.starling.jobs.experiment.Experiment;
import dev.starling.worker.InvalidInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** {@code export-keras}: a stored run → Keras's files. Starts no Spark, changes nothing else. */
record ExportKerasJob(String name, String output, SharedOptions options, Surroundings surroundings) {
    private static final String ENDINGS = "a name that ends in .keras, .json or .h5";

    int run() {
        URI place = surroundings.locate(output);
        NameNodes.requireReachable(surroundings.locate(name), surroundings.locate(options.runs()), place);
        Configuration hadoop = new Configuration();
        StoredRun run = Runs.open(name, options, surroundings, hadoop);
        if (!run.finished()) {
            throw new InvalidInput("Cannot export run " + run.location()
                    + ": it is not finished (expected a finished run; resume goes on with this one)");
        }
        Experiment experiment = Experiments.ofModel(run, options, surroundings);
        KerasExport model = new KerasExport(
                experiment.name(), experiment.network(run.preparation().input()), run.parameters());
        Map<String, StoreFiles.Content> contents = contents(model);
        model.leftOut().forEach(line -> surroundings.err().println("warning: not exported: " + line));
        write(contents, hadoop);
        return ExitStatus.DONE;
    }

    /** All files by name: what cannot be exported is told before any is written. */
    private Map<String, StoreFiles.Content> contents(KerasExport model) {
        Map<String, StoreFiles.Content> contents = new LinkedHashMap<>();
        try {
            if (output.endsWith(".keras")) {
                model.architecture();
                contents.put(output, model::archive);
            } else if (output.endsWith(".json")) {
                byte[] architecture = model.architecture().getBytes(StandardCharsets.UTF_8);
                byte[] weights = model.weights();
                contents.put(output.replaceFirst("\\.json$", ".weights.h5"), out -> out.write(weights));
                contents.put(output, out -> out.write(architecture));
            } else if (output.endsWith(".h5") && !output.endsWith(".weights.h5")) {
                byte[] whole = model.whole();
                contents.put(output, out -> out.write(whole));
            } else {
                throw new InvalidInput("Cannot export to " + output + " (expected " + ENDINGS
                        + "; .weights.h5 is written beside .json)");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot export run " + name + ": " + e.getMessage(), e);
        }
        return contents;
    }

    private void write(Map<String, StoreFiles.Content> contents, Configuration hadoop) {
        List<NewFile> files = contents.keySet().stream()
                .map(file -> NewFile.at(surroundings.locate(file), hadoop))
                .toList();
        Iterator<StoreFiles.Content> content = contents.values().iterator();
        for (NewFile file : files) {
            file.write(content.next());
            surroundings.out().println(file.location());
        }
    }
}
