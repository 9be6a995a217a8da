package dev.starling.driver.selection.crossvalidation;

import dev.starling.driver.selection.folds.Fold;
import dev.starling.driver.store.RunHistory;
import dev.starling.driver.store.RunMetrics;
import dev.starling.driver.store.RunMetrics.Timing;
import dev.starling.driver.store.RunPart;
import dev.starling.driver.store.StoredRun;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The folds of a run in its directory: {@code folds/N} with history, predictions and, last, metrics. A fold that is stored need not run again.
 *
 * @param folder relative to the run: {@code folds}
 * @param classes names in order; empty where the target is not classes
 * @param followed metrics that the history keeps beside the loss
 */
public record StoredFolds(StoredRun run, String folder, FoldPlan plan, List<String> classes, List<String> followed) {
    public void write(FoldResult fold) {
        RunPart part = part(fold.index());
        part.writeHistory(fold.history().following(followed));
        part.writePredictions(new PredictionsCsv(classes).write(plan, List.of(fold)));
        if (fold.others().isPresent()) {
            part.writeTestPredictions(new PredictionsCsv(classes).writeOthers(plan, fold));
        }
        double rate = fold.trainingSeconds() == 0
                ? 0
                : (double) fold.epochs() * plan.choice(fold.index()).train().length / fold.trainingSeconds();
        part.writeMetrics(new RunMetrics(
                fold.metrics(), Optional.of(new Timing(fold.seconds(), fold.trainingSeconds(), 0, rate))));
    }

    /** Folds that are finished, by their index. */
    public SortedMap<Integer, FoldResult> read() {
        SortedMap<Integer, FoldResult> found = new TreeMap<>();
        for (int index = 0; index < plan.size(); index++) {
            RunPart part = part(index);
            boolean whole =
                    plan.predicted().length == 0 || part.testPredictions().isPresent();
            if (part.finished() && part.predictions().isPresent() && whole) {
                found.put(index, read(index, part));
            }
        }
        return found;
    }

    private FoldResult read(int index, RunPart part) {
        Fold fold = plan.folds().get(index);
        RunMetrics metrics = part.metrics();
        RunHistory history = part.history().orElseGet(() -> new RunHistory(List.of()));
        Timing timing = metrics.timing().orElseGet(() -> new Timing(0, 0, 0, 0));
        return new FoldResult(
                index,
                fold.repeat(),
                fold.number(),
                metrics.splits(),
                history,
                history.entries().stream()
                        .mapToInt(RunHistory.Entry::epoch)
                        .max()
                        .orElse(0),
                new PredictionsCsv(classes)
                        .read(part.predictions().orElseThrow(), fold.scored(), part.place("predictions.csv")),
                part.testPredictions().map(csv -> new PredictionsCsv(classes)
                        .read(csv, plan.predicted(), part.place("test-predictions.csv"))),
                timing.seconds(),
                timing.trainingSeconds());
    }

    private RunPart part(int index) {
        return run.part(folder + "/" + (index + 1));
    }

    /** All of a finished cross-validation, in the order of its folds; of an ensemble its own, out of bag. */
    public String predictions(CrossValidationResult result) {
        if (result.ensemble().isPresent()) {
            return new PredictionsCsv(classes).write(result.ensemble().get().outOfBag());
        }
        return new PredictionsCsv(classes).write(plan, result.folds());
    }

    /** Where the executors put the folds' models. */
    public String models() {
        String place = run.location() + "/" + folder;
        return run.isLocal() ? java.nio.file.Path.of(place).toUri().toString() : place;
    }
}
