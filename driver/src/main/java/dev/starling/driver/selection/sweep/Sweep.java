package dev.starling.driver.selection.sweep;

import dev.starling.driver.data.RawData;
import dev.starling.driver.files.StoreFiles;
import dev.starling.driver.selection.pool.Pool;
import dev.starling.driver.selection.pool.Recipe;
import dev.starling.driver.selection.pool.RowChoice;
import dev.starling.driver.selection.pool.Unit;
import dev.starling.driver.selection.pool.Unit.Span;
import dev.starling.driver.selection.pool.Unit.Wanted;
import dev.starling.driver.selection.pool.UnitResult;
import dev.starling.driver.selection.search.SweepEvent;
import dev.starling.driver.selection.search.SweepPlanner;
import dev.starling.driver.selection.search.SweepSpec;
import dev.starling.worker.exchange.TrainingFailed;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/** Runs sweeps: trials on all slots, as many at a time as there are. */
public final class Sweep {
    private static final int[] NONE = {};

    private Sweep() {}

    /**
     * What is swept, and on what.
     *
     * @param seed of the experiment
     * @param epochs of a whole trial
     */
    public record Setup(SweepSpec spec, long seed, int epochs, TrialRecipes recipes, TrialRows rows) {
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

    /** As {@link #run(JavaSparkContext, RawData, Setup, SweepPlanner, StoreFiles, TrialResults, int)}, on all slots that there are. */
    public static void run(
            JavaSparkContext spark,
            RawData data,
            Setup setup,
            SweepPlanner planner,
            StoreFiles run,
            TrialResults results) {
        run(spark, data, setup, planner, run, results, Integer.MAX_VALUE);
    }

    /**
     * Runs until the planner has nothing any more.
     *
     * @param data stays the caller's
     * @param run the folder of the run, for what paused trials keep
     * @param most slots to use at most, ≥ 1
     * @throws TrainingFailed if more trials failed than may, when those that ran are finished
     */
    public static void run(
            JavaSparkContext spark,
            RawData data,
            Setup setup,
            SweepPlanner planner,
            StoreFiles run,
            TrialResults results,
            int most) {
        Pool.run(spark, data, new TrialSource(setup, planner, new PausedStates(run), results), most);
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

    /**
     * Trains on all rows but the test rows, which are scored: the first and only time that anything reads them.
     *
     * @param recipe trained for all its epochs; early stopping has nothing to watch any more
     * @param model URI of the folder that takes {@code model.zip}
     */
    public static UnitResult refit(JavaSparkContext spark, RawData data, Recipe recipe, String model) {
        RawData.Rows split = data.split();
        int[] all = IntStream.concat(Arrays.stream(split.train()), Arrays.stream(split.validation()))
                .toArray();
        int epochs = recipe.training().epochs();
        Unit unit = new Unit(
                0,
                "the best trial",
                recipe.with(recipe.training().withEpochs(epochs, List.of())),
                0,
                Span.all(epochs),
                new Wanted(false, false, model, ""));
        Refit refit = new Refit(unit, new RowChoice(all, NONE, split.test()));
        Pool.run(spark, data, refit);
        return refit.result();
    }
}
