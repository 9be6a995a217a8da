package dev.starling.jobs.command;

import dev.starling.driver.store.StoredRun;
import dev.starling.jobs.experiment.Experiment;
import dev.starling.jobs.experiment.ExperimentParser;
import dev.starling.jobs.experiment.ExperimentText;
import dev.starling.jobs.experiment.Origin;
import dev.starling.jobs.experiment.Origins;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.data.Preparation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * Models of stored runs to begin from: a run, as arguments name it, or an experiment file, which stands for its newest finished run in the store. An experiment of a run has what it began from kept
 * beside it. Each is read once.
 */
final class RunOrigins implements Origins {
    private final SharedOptions options;
    private final Surroundings surroundings;
    private final Optional<StoredRun> own;
    private final Map<String, Origin> known = new HashMap<>();

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
            origin = read(own.flatMap(StoredRun::origin).orElseGet(() -> find(from, folder)));
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
        return new Origin(
                run.location(),
                experiment.network(preparation.input()).withoutHeritage(),
                experiment.data().scale(),
                preparation);
    }

    private StoredRun find(String from, String folder) {
        if (from.matches(".*\\.ya?ml")) {
            return newest(from, folder);
        }
        return Runs.open(from, options, surroundings, new Configuration());
    }

    private StoredRun newest(String file, String folder) {
        boolean relative = !file.startsWith("/") && !file.contains(":");
        String place = relative ? folder.replaceFirst("/*$", "/") + file : file;
        ExperimentText text = Experiments.text(place, options.withoutOverrides(), surroundings);
        String name = ExperimentParser.name(text);
        List<StoredRun> runs =
                Runs.store(options, surroundings, new Configuration()).runs();
        return runs.stream()
                .filter(run -> run.name().replaceFirst("-[^-]*-[^-]*$", "").equals(name))
                .filter(run -> run.finished() && run.hasModel())
                .findFirst()
                .orElseThrow(() -> new InvalidInput("Cannot begin from " + file + ": no finished run of " + name
                        + " in "
                        + Runs.store(options, surroundings, new Configuration()).location()
                        + " (expected one: train " + file + " first, or say --runs)"));
    }
}
