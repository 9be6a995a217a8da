package dev.starling.jobs.command;

import dev.starling.driver.ensemble.EnsembleModel;
import dev.starling.driver.ensemble.Member;
import dev.starling.driver.selection.search.space.Space;
import dev.starling.driver.selection.sweep.NestedJson;
import dev.starling.driver.selection.sweep.NestedJson.Chosen;
import dev.starling.driver.store.RunPart;
import dev.starling.driver.store.StoredRun;
import dev.starling.jobs.experiment.Experiment;
import dev.starling.jobs.experiment.ExperimentParser;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.data.Preparation;
import java.util.ArrayList;
import java.util.List;

/** The models that a cross-validation has kept, one of each fold or bootstrap sample, as one. */
final class KeptModels {
    private KeptModels() {}

    /**
     * @param own the run's experiment
     * @throws InvalidInput if it is not finished or has kept none
     */
    static EnsembleModel of(StoredRun run, Experiment own) {
        if (!run.finished()) {
            throw new InvalidInput("Cannot use run " + run.location()
                    + ": it is not finished (expected a finished run; resume goes on with this one)");
        }
        List<Experiment> chosen = chosen(run, own);
        List<Member> members = new ArrayList<>();
        List<float[]> parameters = new ArrayList<>();
        for (RunPart fold = fold(run, 0); fold.finished(); fold = fold(run, members.size())) {
            if (!fold.hasModel()) {
                throw new InvalidInput(
                        "Cannot use run " + run.location()
                                + ": it is a cross-validation that kept no models (expected one with crossValidation.keepModels: true)");
            }
            Preparation preparation = fold.preparation();
            Experiment of = chosen.isEmpty() ? own : chosen.get(members.size());
            members.add(new Member(of.network(preparation.input()), preparation));
            parameters.add(fold.parameters());
        }
        return new EnsembleModel(members, parameters);
    }

    private static RunPart fold(StoredRun run, int index) {
        return run.part("folds/" + (index + 1));
    }

    /** Where each fold was searched, what its search chose. */
    private static List<Experiment> chosen(StoredRun run, Experiment own) {
        String place = run.location() + "/metrics.json";
        List<Chosen> all = NestedJson.chosen(run.metricsText().orElse("{}"), place);
        if (all.isEmpty()) {
            return List.of();
        }
        Space space = own.sweep().orElseThrow().space();
        return all.stream()
                .map(one -> ExperimentParser.trial(
                        own.resolved(), space.parse(one.params()).overrides(), own.origins()))
                .toList();
    }
}
