package dev.starling.jobs.command;

import dev.starling.driver.selection.pool.UnitResult;
import dev.starling.driver.selection.search.Assignment;
import dev.starling.driver.selection.search.Trial;
import dev.starling.driver.selection.sweep.TrialResults;
import dev.starling.driver.store.RunDirectory;
import dev.starling.driver.store.RunHistory;
import dev.starling.driver.store.RunMetrics;
import dev.starling.driver.store.RunMetrics.SplitMetrics;
import dev.starling.driver.store.RunPart;
import dev.starling.driver.store.StoredRun;
import dev.starling.jobs.figure.TrialOutputs;
import dev.starling.worker.data.Split;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The folders of trials: {@code trials/7} has the metrics and the history of trial 7. Where a trial is trained several times, those of its first training; the others are in {@code trials/7/1} and so on.
 *
 * @param parent of {@code trials}, relative to the run: empty, or with a slash at its end
 * @param followed metrics beside the loss
 */
public record TrialFiles(RunDirectory run, String parent, List<String> followed) implements TrialResults {
    /** What a trial said of the validation rows, where a figure asks for it. */
    private static final String OUTPUTS = "outputs.csv";

    /** Those of a sweep's run. */
    public TrialFiles(RunDirectory run, List<String> followed) {
        this(run, "", followed);
    }

    @Override
    public void keep(Assignment assignment, UnitResult result) {
        RunPart folder = folder(run.stored(), parent, assignment.trial(), assignment.part());
        List<RunHistory.Entry> entries = new ArrayList<>();
        if (assignment.from() > 0) {
            // What follows may have been written before, by a driver that ended before it told.
            folder.history().ifPresent(before -> before.entries().stream()
                    .filter(entry -> entry.epoch() <= assignment.from())
                    .forEach(entries::add));
        }
        entries.addAll(ResultsOf.history(result.history(), followed).entries());
        folder.writeHistory(new RunHistory(entries));
        result.others().ifPresent(said -> folder.write(OUTPUTS, OutputsCsv.write(said.outputs(), said.width())));
        SortedMap<Split, SplitMetrics> splits = new TreeMap<>();
        result.metrics().forEach((split, values) -> splits.put(split, SplitMetrics.of(values)));
        folder.writeMetrics(new RunMetrics(splits, Optional.empty()));
    }

    private static RunPart folder(StoredRun run, String parent, int trial, int part) {
        return run.part(parent + "trials/" + trial + (part == 0 ? "" : "/" + part));
    }

    /** Of the trials that were trained, by number and point. */
    static Map<String, RunHistory> histories(StoredRun run, List<Trial> trials) {
        Map<String, RunHistory> histories = new LinkedHashMap<>();
        for (Trial trial : trials) {
            folder(run, "", trial.number(), 0)
                    .history()
                    .ifPresent(history -> histories.put(trial.number() + " " + brief(trial), history));
        }
        return histories;
    }

    /** Of the trials that kept what they said, by number. */
    static List<TrialOutputs> outputs(StoredRun run, List<Trial> trials) {
        List<TrialOutputs> all = new ArrayList<>();
        for (Trial trial : trials) {
            folder(run, "", trial.number(), 0)
                    .read(OUTPUTS)
                    .ifPresent(csv -> all.add(new TrialOutputs(trial.point().overrides(), OutputsCsv.read(csv))));
        }
        return all;
    }

    /** The last word of each key tells enough in a legend. */
    private static String brief(Trial trial) {
        return trial.point().overrides().stream()
                .map(override -> override.replaceFirst("^[^=]*\\.", ""))
                .collect(Collectors.joining(" "));
    }

    /** Of a trial that was trained. */
    static RunMetrics metrics(StoredRun run, int trial) {
        return folder(run, "", trial, 0).metrics();
    }
}
