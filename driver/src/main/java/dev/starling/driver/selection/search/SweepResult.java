package dev.starling.driver.selection.search;

import java.util.List;
import java.util.Optional;

/**
 * What a sweep came to, or has come to so far.
 *
 * @param trials those that have begun, by their numbers
 * @param best the best of those that did not fail; of equals the first
 */
public record SweepResult(SweepSpec spec, List<Trial> trials, Optional<Trial> best) {
    public SweepResult {
        trials = List.copyOf(trials);
    }

    /** @param events all that happened, in order: what a journal holds */
    public static SweepResult of(SweepSpec spec, List<SweepEvent> events) {
        Trials trials = new Trials(spec.objective(), 1);
        events.forEach(trials::take);
        return new SweepResult(spec, trials.begun(), trials.best());
    }

    static SweepResult of(SweepSpec spec, Trials trials) {
        return new SweepResult(spec, trials.begun(), trials.best());
    }

    public int count(TrialState state) {
        return (int) trials.stream().filter(t -> t.state() == state).count();
    }
}
