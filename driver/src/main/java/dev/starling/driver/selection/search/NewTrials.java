package dev.starling.driver.selection.search;

import dev.starling.driver.selection.search.SweepEvent.Planned;
import dev.starling.driver.selection.search.halving.Course;
import dev.starling.driver.selection.search.sampler.Sampler;
import dev.starling.driver.selection.search.space.Point;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Which new trial begins next. Its point is sampled when a slot is free; but the last ones of a sweep on several slots are sampled before, so that the longest begin first and no slot is alone with
 * one at the end (Graham, "Bounds on multiprocessing timing anomalies", SIAM Journal on Applied Mathematics 17, 1969). How long a trial will take is judged by others, see {@link Lengths}. Not thread-safe.
 */
final class NewTrials {
    private static final int ENOUGH = 10;

    /** As many for each slot are sampled before: the longest trials take a few times what most do. */
    private static final int AHEAD_PER_SLOT = 4;

    /** At most one trial of so many is sampled without what the last ones teach. */
    private static final int SHARE = 10;

    /** Points per answer, so that no slot waits long for it. */
    private static final int AT_ONCE = 8;

    private final SweepSpec spec;
    private final Sampler sampler;
    private final Course course;
    private final Trials trials;
    private final InstantSource clock;
    private final Consumer<SweepEvent> happened;
    /** Expected seconds of trials that are planned. */
    private final Map<Integer, Double> expected = new HashMap<>();

    /** What begins. */
    record Beginning(int trial, Point point, int to) {}

    /** @param happened takes what is planned before anything comes of it, and tells the trials */
    NewTrials(
            SweepSpec spec,
            long seed,
            Course course,
            Trials trials,
            InstantSource clock,
            Consumer<SweepEvent> happened) {
        this.spec = spec;
        this.sampler = spec.sampler(seed);
        this.course = course;
        this.trials = trials;
        this.clock = clock;
        this.happened = happened;
    }

    /** @param slots that were at work at a time */
    Optional<Beginning> next(int slots) {
        int all = spec.trials().orElse(Integer.MAX_VALUE);
        plan(all, slots);
        List<Trial> planned =
                trials.planned().stream().filter(t -> t.number() < all).toList();
        if (!planned.isEmpty()) {
            return Optional.of(longest(planned));
        }
        return trials.size() < all
                ? Optional.of(new Beginning(trials.size(), sample(), course.first(trials.size())))
                : Optional.empty();
    }

    private Point sample() {
        int enough = Math.max(ENOUGH, spec.space().size() + 2);
        return sampler.sample(trials.size(), trials.knowledge(enough));
    }

    private void plan(int all, int slots) {
        long ahead = Math.min((long) AHEAD_PER_SLOT * slots, all / SHARE);
        for (int i = 0; i < AT_ONCE && slots > 1 && trials.size() < all && unbegun(all) <= ahead; i++) {
            happened.accept(new Planned(clock.instant(), trials.size(), sample()));
        }
    }

    private long unbegun(int all) {
        return (long) all - trials.size() + trials.count(TrialState.PLANNED);
    }

    private Beginning longest(List<Trial> planned) {
        if (planned.stream().anyMatch(t -> !expected.containsKey(t.number()))) {
            Lengths lengths = new Lengths(spec.space(), trials.begun());
            for (Trial trial : planned) {
                expected.computeIfAbsent(trial.number(), n -> course.first(n) * lengths.secondsPerEpoch(trial.point()));
            }
        }
        Trial longest = planned.stream()
                .max(Comparator.<Trial>comparingDouble(t -> expected.get(t.number()))
                        .thenComparing(Trial::number, Comparator.reverseOrder()))
                .orElseThrow();
        expected.remove(longest.number());
        return new Beginning(longest.number(), longest.point(), course.first(longest.number()));
    }
}
