package dev.starling.driver.selection.search;

import dev.starling.driver.selection.search.halving.EarlyTermination;
import dev.starling.driver.selection.search.sampler.Sampler;
import dev.starling.driver.selection.search.sampler.Search;
import dev.starling.driver.selection.search.sampler.StartingPoints;
import dev.starling.driver.selection.search.space.Flaw;
import dev.starling.driver.selection.search.space.Setting;
import dev.starling.driver.selection.search.space.Space;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A sweep as the user asks for it.
 *
 * @param seedsPerTrial how often each trial is trained, each time by another seed; its value is the mean, ≥ 1
 * @param startingPoints the first trials: some settings by path each, the others by chance
 */
public record SweepSpec(
        Space space,
        Search search,
        Objective objective,
        EarlyTermination earlyTermination,
        Budget budget,
        int seedsPerTrial,
        List<Map<String, Setting>> startingPoints) {
    public SweepSpec {
        startingPoints = startingPoints.stream().map(Map::copyOf).toList();
        Optional<Flaw> flaw = search.flaw(space);
        if (flaw.isPresent()) {
            throw flaw.get().asError();
        }
    }

    /** So many trials, each trained once to its end; ten of them may fail. */
    public static SweepSpec of(Space space, Search search, Objective objective, int trials) {
        Budget budget = new Budget(OptionalInt.of(trials), Optional.empty(), OptionalLong.empty(), Budget.MAY_FAIL);
        return new SweepSpec(space, search, objective, new EarlyTermination.None(), budget, 1, List.of());
    }

    Sampler sampler(long seed) {
        Sampler sampler = search.on(space, seed);
        return startingPoints.isEmpty() ? sampler : new StartingPoints(startingPoints, sampler, space, seed);
    }

    /** How many trials there will be at most; empty where nothing limits their number. */
    public OptionalInt trials() {
        OptionalInt points = search.trials(space);
        if (points.isEmpty()) {
            return budget.trials();
        }
        int all = points.getAsInt() + startingPoints.size();
        return OptionalInt.of(Math.min(all, budget.trials().orElse(all)));
    }

    /** Why it does not fit trials of so many epochs. */
    public Optional<Flaw> flaw(int epochs) {
        return earlyTermination.flaw(epochs);
    }
}
