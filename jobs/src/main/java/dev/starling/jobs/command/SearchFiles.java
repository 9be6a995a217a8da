package dev.starling.jobs.command;

import dev.starling.driver.files.StoreFiles;
import dev.starling.driver.selection.search.SweepResult;
import dev.starling.driver.selection.search.TrialsCsv;
import dev.starling.driver.selection.sweep.NestedStore;
import dev.starling.driver.selection.sweep.TrialResults;
import dev.starling.driver.store.RunDirectory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The searches inside the folds of a run, each in its fold's folder: {@code folds/3/journal.jsonl}, {@code folds/3/trials.csv} and {@code folds/3/trials/7}.
 *
 * @param folder of the folds, relative to the run
 * @param followed metrics beside the loss
 */
record SearchFiles(RunDirectory run, String folder, List<String> followed) implements NestedStore {
    @Override
    public Optional<StoreFiles> folder(int fold) {
        StoreFiles at = run.files();
        for (String name : path(fold).split("/", -1)) {
            at = at.child(name);
        }
        return Optional.of(at);
    }

    @Override
    public TrialResults results(int fold) {
        return new TrialFiles(run, path(fold) + "/", followed);
    }

    void writeTrials(int fold, SweepResult search) {
        String csv = TrialsCsv.write(search.spec(), search.trials());
        folder(fold).orElseThrow().write("trials.csv", csv.getBytes(StandardCharsets.UTF_8));
    }

    private String path(int fold) {
        return folder + "/" + (fold + 1);
    }
}
