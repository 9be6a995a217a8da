package dev.starling.driver.selection.sweep;

import dev.starling.driver.data.RawData;
import dev.starling.driver.files.Journal;
import dev.starling.driver.files.StoreFiles;
import dev.starling.driver.selection.pool.Pool;
import dev.starling.driver.selection.pool.Recipe;
import dev.starling.driver.selection.pool.RowChoice;
import dev.starling.driver.selection.pool.Unit;
import dev.starling.driver.selection.pool.Unit.Span;
import dev.starling.driver.selection.pool.Unit.Wanted;
import dev.starling.driver.selection.pool.UnitResult;
import dev.starling.driver.selection.search.EventJson;
import dev.starling.driver.selection.search.SweepEvent;
import dev.starling.driver.selection.search.SweepPlanner;
import dev.starling.driver.selection.search.SweepResult;
import dev.starling.driver.selection.search.SweepSpec;
import dev.starling.driver.selection.search.Trial;
import dev.starling.driver.selection.search.halving.EarlyTermination;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.exchange.TrainingFailed;
import java.net.URI;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/** Runs sweeps: trials on all slots, as many at a time as there are. */
public final class Sweep {
    private static final int[] NONE = {};
    private static final TrialResults NOTHING_KEPT = (assignment, result) -> {};

    private Sweep() {}

    /**
     * What is swept, and on what.
     *
     * @param seed of the experiment
     * @param epochs of a whole trial
     */
    public record Setup(SweepSpec spec, long seed, int epochs, TrialRecipes recipes, TrialRows rows) {
        /**
         * Trials that are measured on the data's validation rows.
         *
         * @throws InvalidInput if there are none
         */
        public static Setup of(SweepSpec spec, RawData data, int epochs, TrialRecipes recipes) {
            if (data.split().validation().length == 0) {
                throw new InvalidInput("Cannot measure " + spec.objective().label()
                        + ": the data have no validation rows (expected a validation part or source)");
            }
            return new Setup(spec, data.seed(), epochs, recipes, TrialRows.validating(data));
        }

        int parts() {
            return spec.seedsPerTrial() * rows.choices();
        }
    }

    /**
     * A planner that writes to a journal.
     *
     * @param past what the journal held before
     * @param journal takes every event before anything comes of it
     */
    public static SweepPlanner planner(
            Setup setup, List<SweepEvent> past, InstantSource clock, Consumer<SweepEvent> journal) {
        return new SweepPlanner(setup.spec(), setup.seed(), setup.parts(), setup.epochs(), past, clock, journal);
    }

    /** As {@link #run(JavaSparkContext, List, Setup, SweepPlanner, StoreFiles, TrialResults, int)}, on all slots that there are. */
    public static void run(
            JavaSparkContext spark,
            List<RawData> data,
            Setup setup,
            SweepPlanner planner,
            StoreFiles run,
            TrialResults results) {
        run(spark, data, setup, planner, run, results, Integer.MAX_VALUE);
    }

    /**
     * Sweeps without keeping anything: what was tried is lost if it is not finished.
     *
     * @param data stays the caller's
     * @throws InvalidInput if trials may end early, as they then need a folder to pause in
     * @throws TrainingFailed if more trials failed than may
     */
    public static SweepResult run(JavaSparkContext spark, RawData data, Setup setup) {
        if (!(setup.spec().earlyTermination() instanceof EarlyTermination.None)) {
            throw new InvalidInput("Cannot sweep with early termination and without a folder: trials that pause leave"
                    + " their state there (expected a folder, or no early termination)");
        }
        SweepPlanner planner = planner(setup, List.of(), InstantSource.system(), event -> {});
        run(
                spark,
                List.of(data),
                setup,
                planner,
                new TrialSource(setup, planner, PausedStates.NONE, NOTHING_KEPT),
                Integer.MAX_VALUE);
        return planner.result();
    }

    /**
     * Sweeps by a journal in a folder: a sweep that was ended goes on where it was, and one that is finished and has a larger budget now tries more.
     *
     * @param data stays the caller's
     * @param folder for the journal and for the states of trials that pause; where executors see it
     * @throws TrainingFailed if more trials failed than may
     */
    public static SweepResult run(JavaSparkContext spark, RawData data, Setup setup, URI folder) {
        StoreFiles files = StoreFiles.at(folder, spark.hadoopConfiguration());
        try (Journal journal = Journal.open(files)) {
            List<SweepEvent> past =
                    EventJson.parse(journal.past(), setup.spec().space(), files.location() + "/journal.jsonl");
            SweepPlanner planner =
                    planner(setup, past, InstantSource.system(), event -> journal.append(EventJson.write(event)));
            run(spark, List.of(data), setup, planner, files, NOTHING_KEPT);
            return planner.result();
        }
    }

    /** As {@link #run(JavaSparkContext, List, Setup, SweepPlanner, StoreFiles, TrialResults, int)}, on one data set. */
    public static void run(
            JavaSparkContext spark,
            RawData data,
            Setup setup,
            SweepPlanner planner,
            StoreFiles run,
            TrialResults results,
            int most) {
        run(spark, List.of(data), setup, planner, run, results, most);
    }

    /**
     * Runs until the planner has nothing any more.
     *
     * @param data stay the caller's; {@link Recipe#data} says which one a trial learns from
     * @param run the folder of the run, for what paused trials keep
     * @param most slots to use at most, ≥ 1
     * @throws TrainingFailed if more trials failed than may, when those that ran are finished
     */
    public static void run(
            JavaSparkContext spark,
            List<RawData> data,
            Setup setup,
            SweepPlanner planner,
            StoreFiles run,
            TrialResults results,
            int most) {
        run(spark, data, setup, planner, new TrialSource(setup, planner, PausedStates.in(run), results), most);
    }

    private static void run(
            JavaSparkContext spark,
            List<RawData> data,
            Setup setup,
            SweepPlanner planner,
            TrialSource source,
            int most) {
        Pool.run(spark, data, source, most);
        if (planner.tooManyFailed()) {
            String last = planner.trials().stream()
                    .flatMap(t -> t.cause().stream())
                    .reduce((a, b) -> b)
                    .orElse("");
            throw new TrainingFailed(
                    "Cannot go on with the sweep: " + planner.exhausted().orElse("")
                            + " (expected at most sweep.maxFailed, "
                            + setup.spec().budget().maxFailed()
                            + "); the last one: " + last);
        }
    }

    /** Trains a trial's recipe for its best epoch, as {@link #refit(JavaSparkContext, RawData, Recipe, String)}, and keeps no model. */
    public static UnitResult refit(JavaSparkContext spark, RawData data, Setup setup, Trial trial) {
        Recipe recipe = setup.recipes().at(trial.point());
        int epochs = trial.bestEpoch(setup.spec().objective()).orElseThrow();
        return refit(spark, data, recipe.with(recipe.training().withEpochs(epochs, List.of())), "");
    }

    /**
     * Trains on all rows but the test rows, which are scored: the first and only time that anything reads them.
     *
     * @param data those that the recipe is for
     * @param recipe trained for all its epochs; early stopping has nothing to watch any more
     * @param model URI of the folder that takes {@code model.zip}; empty for none
     */
    public static UnitResult refit(JavaSparkContext spark, RawData data, Recipe recipe, String model) {
        RawData.Rows split = data.split();
        int[] all = IntStream.concat(Arrays.stream(split.train()), Arrays.stream(split.validation()))
                .toArray();
        int epochs = recipe.training().epochs();
        Unit unit = new Unit(
                0,
                "the best trial",
                recipe.with(recipe.training().withEpochs(epochs, List.of())).on(0),
                0,
                Span.all(epochs),
                new Wanted(false, false, model, ""));
        Refit refit = new Refit(unit, new RowChoice(all, NONE, split.test()));
        Pool.run(spark, data, refit);
        return refit.result();
    }
}
