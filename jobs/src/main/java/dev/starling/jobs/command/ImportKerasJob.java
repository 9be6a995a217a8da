package dev.starling.jobs.command;

import dev.starling.driver.store.RunDirectory;
import dev.starling.driver.store.RunStore;
import dev.starling.worker.InvalidInput;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;

/** {@code import-keras}: Keras's files → network and parameters → a run without data. Starts no Spark. */
record ImportKerasJob(
        String file,
        Optional<String> weights,
        Optional<String> name,
        SharedOptions options,
        Surroundings surroundings) {
    private static final String NAME = "[A-Za-z0-9_-]+";

    int run() {
        name.filter(given -> !given.matches(NAME)).ifPresent(given -> {
            throw new InvalidInput("Cannot name a run " + given + " (expected letters, digits, - and _)");
        });
        NameNodes.requireReachable(surroundings.locate(file), surroundings.locate(options.runs()));
        Configuration hadoop = new Configuration();
        RunStore store = Runs.store(options, surroundings, hadoop);
        KerasRun model = KerasRun.read(file, weights, name, surroundings, hadoop);
        String id = UUID.randomUUID().toString().substring(0, 6);
        store.requireWritable(id);
        RunDirectory run = store.create(model.model().experiment().name(), Instant.now(), id);
        model.write(run);
        model.model().notes().forEach(note -> surroundings.err().println("warning: " + file + ": " + note));
        surroundings.out().println(run.location());
        return ExitStatus.DONE;
    }
}
