package dev.starling.jobs.command;

import dev.starling.driver.store.RunStore;
import dev.starling.driver.store.StoredRun;
import dev.starling.jobs.experiment.Experiment;
import dev.starling.jobs.experiment.ExperimentParser;
import dev.starling.jobs.experiment.ExperimentText;
import dev.starling.jobs.experiment.Origin;
import dev.starling.jobs.experiment.Origins;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.network.NetworkSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * Models to begin from: a run, as arguments name it; an experiment file, which stands for its newest finished run in the store; or a model that Keras stored, which becomes a run when training begins. An experiment of a
 * run has what it began from kept beside it. Each is read once.
 */
final class RunOrigins implements Origins {
    private final SharedOptions options;
    private final Surroundings surroundings;
    private final Optional<StoredRun> own;
    private final Map<String, Origin> known = new HashMap<>();
    /** By the places of runs that they will be. */
    private final Map<String, KerasRun> ofKeras = new HashMap<>();

    /** @param own the run whose experiment is read, if it is one's */
    RunOrigins(SharedOptions options, Surroundings surroundings, Optional<StoredRun> own) {
        this.options = options;
        this.surroundings = surroundings;
        this.own = own;
    }

    @Override
    public Origin open(String from, String folder) {
        Origin origin = known.get(from);
        if (origin == null) {
            Optional<StoredRun> kept = own.flatMap(StoredRun::origin);
            origin = kept.isEmpty() && KerasRun.isOne(from)
                    ? keras(place(from, folder))
                    : read(kept.orElseGet(() -> find(from, folder)));
            known.put(from, origin);
            known.put(origin.location(), origin);
        }
        return origin;
    }

    private Origin read(StoredRun run) {
        if (!run.hasModel()) {
            throw new InvalidInput("Cannot begin from run " + run.location() + ": it holds no model (expected a run of"
                    + " train, or of sweep, that is finished)");
        }
        Preparation preparation = run.preparation();
        Experiment experiment = Experiments.ofModel(run, options.withoutOverrides(), surroundings);
        boolean withData = !experiment.data().isAbsent();
        return new Origin(
                run.location(),
                experiment.network(preparation.input()).withoutHeritage(),
                Optional.of(experiment.data().scale()).filter(scale -> withData),
                Optional.of(preparation).filter(any -> withData));
    }

    /** Its run is named by the file, its time and its content, so that the same file is stored once. */
    private Origin keras(String file) {
        Configuration hadoop = new Configuration();
        NameNodes.requireReachable(surroundings.locate(file), surroundings.locate(options.runs()));
        KerasRun model = KerasRun.read(file, Optional.empty(), Optional.empty(), surroundings, hadoop);
        RunStore store = Runs.store(options, surroundings, hadoop);
        String location = store.location() + "/" + RunStore.name(model.name(), model.time(), model.id());
        ofKeras.put(location, model);
        NetworkSpec network = model.model().network();
        return new Origin(location, network, Optional.empty(), Optional.empty());
    }

    @Override
    public void store(Origin origin) {
        KerasRun model = ofKeras.remove(origin.location());
        if (model == null) {
            return;
        }
        RunStore store = Runs.store(options, surroundings, new Configuration());
        boolean stored =
                store.runs().stream().anyMatch(run -> run.location().equals(origin.location()) && run.finished());
        if (!stored) {
            model.write(store.create(model.name(), model.time(), model.id()));
            model.model().notes().forEach(note -> surroundings.err().println("warning: " + model.file() + ": " + note));
        }
    }

    private static String place(String from, String folder) {
        boolean relative = !from.startsWith("/") && !from.contains(":");
        return relative ? folder.replaceFirst("/*$", "/") + from : from;
    }

    private StoredRun find(String from, String folder) {
        if (from.matches(".*\\.ya?ml")) {
            return newest(from, folder);
        }
        return Runs.open(from, options, surroundings, new Configuration());
    }

    private StoredRun newest(String file, String folder) {
        ExperimentText text = Experiments.text(place(file, folder), options.withoutOverrides(), surroundings);
        String name = ExperimentParser.name(text);
        List<StoredRun> runs =
                Runs.store(options, surroundings, new Configuration()).runs();
        return runs.stream()
                .filter(run -> RunStore.experimentOf(run.name()).equals(name))
                .filter(run -> run.finished() && run.hasModel())
                .findFirst()
                .orElseThrow(() -> new InvalidInput("Cannot begin from " + file + ": no finished run of " + name
                        + " in "
                        + Runs.store(options, surroundings, new Configuration()).location()
                        + " (expected one: train " + file + " first, or say --runs)"));
    }
}
