package dev.starling.driver.selection.search;

import dev.starling.driver.selection.search.SweepEvent.Failed;
import dev.starling.driver.selection.search.SweepEvent.Finished;
import dev.starling.driver.selection.search.SweepEvent.Opened;
import dev.starling.driver.selection.search.SweepEvent.Paused;
import dev.starling.driver.selection.search.SweepEvent.Started;
import dev.starling.driver.selection.search.halving.Course;
import dev.starling.driver.selection.search.halving.Course.Stage;
import dev.starling.driver.selection.search.halving.Course.Verdict;
import dev.starling.driver.selection.search.space.Point;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Decides what a sweep runs next. A slot that is free asks {@link #next}, and tells {@link #measured} or {@link #failed} what came of it, in any order. What was interrupted runs again first,
 * then trials that may go on, then new ones ({@link NewTrials}). Thread-safe.
 */
public final class SweepPlanner {
    private final SweepSpec spec;
    private final int parts;
    private final InstantSource clock;
    private final Consumer<SweepEvent> journal;
    private final Course course;
    private final Trials trials;
    private final NewTrials fresh;
    private final Deque<Assignment> queued = new ArrayDeque<>();
    private final Map<Integer, PartResults> running = new HashMap<>();
    private int working;
    private int slots;

    /**
     * A planner at the end of a journal, and the beginning of a session.
     *
     * @param parts trainings per trial: seeds × folds
     * @param epochs of a whole trial
     * @param past what happened in earlier sessions, in order
     * @param journal takes every event before anything comes of it
     */
    public SweepPlanner(
            SweepSpec spec,
            long seed,
            int parts,
            int epochs,
            List<SweepEvent> past,
            InstantSource clock,
            Consumer<SweepEvent> journal) {
        this.spec = spec;
        this.parts = parts;
        this.clock = clock;
        this.journal = journal;
        this.course = spec.earlyTermination().begin(epochs);
        this.trials = new Trials(spec.objective(), parts);
        this.fresh = new NewTrials(spec, seed, course, trials, clock, this::happened);
        past.forEach(this::replay);
        happened(new Opened(clock.instant()));
    }

    /** What a slot is to do. */
    public sealed interface Answer {
        record Run(Assignment assignment) implements Answer {}

        /** Nothing now; there may be something when a running trial has ended. */
        record Wait() implements Answer {}

        /** Nothing any more. */
        record Done() implements Answer {}
    }

    public synchronized Answer next() {
        if (queued.isEmpty() && !exhausted().isPresent()) {
            start();
        }
        if (!queued.isEmpty()) {
            working++;
            slots = Math.max(slots, working);
            return new Answer.Run(queued.remove());
        }
        return running.isEmpty() ? new Answer.Done() : new Answer.Wait();
    }

    private void start() {
        Optional<Trial> interrupted = trials.interrupted();
        Optional<Stage> stage = course.next();
        if (interrupted.isPresent()) {
            Trial trial = interrupted.get();
            start(trial.number(), trial.point(), trial.from(), trial.to());
        } else if (stage.isPresent()) {
            Trial trial = trials.get(stage.get().trial());
            course.resumed(stage.get());
            start(trial.number(), trial.point(), trial.to(), stage.get().to());
        } else {
            // Of this slot, too.
            fresh.next(Math.max(slots, working + 1)).ifPresent(b -> start(b.trial(), b.point(), 0, b.to()));
        }
    }

    private void start(int trial, Point point, int from, int to) {
        happened(new Started(clock.instant(), trial, point, from, to));
        running.put(trial, new PartResults(parts));
        for (int part = 0; part < parts; part++) {
            queued.add(new Assignment(trial, part, point, from, to));
        }
    }

    /** Why nothing new begins any more although there would be more to try. */
    public synchronized Optional<String> exhausted() {
        Budget budget = spec.budget();
        int failed = trials.count(TrialState.FAILED);
        if (failed > budget.maxFailed()) {
            return Optional.of(failed + " trials failed");
        }
        if (budget.maxTime()
                .filter(most -> trials.elapsed(clock.instant()).compareTo(most) >= 0)
                .isPresent()) {
            return Optional.of("sweep.maxTime is over");
        }
        boolean epochs = budget.maxEpochs().isPresent()
                && trials.epochs() + ahead() >= budget.maxEpochs().getAsLong();
        return epochs ? Optional.of("sweep.maxEpochs are trained") : Optional.empty();
    }

    /** Whether more trials failed than may. */
    public synchronized boolean tooManyFailed() {
        return trials.count(TrialState.FAILED) > spec.budget().maxFailed();
    }

    /** Epochs of the parts that run now. */
    private long ahead() {
        return running.keySet().stream()
                .map(trials::get)
                .mapToLong(t -> (long) (t.to() - t.from()) * parts)
                .sum();
    }

    /** An assignment ended well. */
    public synchronized void measured(Assignment assignment, Measurement measurement) {
        working--;
        PartResults results = running.get(assignment.trial());
        if (results == null) {
            return; // Another part of the trial failed before.
        }
        double[] values = measurement.values();
        int bad = firstNotFinite(values);
        if (values.length == 0 || bad >= 0) {
            String found = values.length == 0 ? "gave no epoch's " : "gave " + values[bad] + " as ";
            broke(assignment, "The training " + found + spec.objective().label());
            return;
        }
        results.put(assignment.part(), measurement);
        if (results.complete()) {
            running.remove(assignment.trial());
            ended(assignment, results);
        }
    }

    private void ended(Assignment assignment, PartResults results) {
        int trial = assignment.trial();
        List<Double> values = results.means();
        Instant now = clock.instant();
        double[] all = trials.get(trial)
                .measured(TrialState.RUNNING, toArray(values), 0)
                .losses(spec.objective());
        Verdict verdict = course.reached(trial, assignment.to(), all);
        happened(
                verdict == Verdict.PAUSED
                        ? new Paused(now, trial, assignment.to(), values, results.seconds())
                        : new Finished(
                                now, trial, assignment.to(), values, results.seconds(), verdict == Verdict.STOPPED));
    }

    /** An assignment broke, and with it its trial. */
    public synchronized void failed(Assignment assignment, String cause) {
        working--;
        broke(assignment, cause);
    }

    private void broke(Assignment assignment, String cause) {
        if (running.remove(assignment.trial()) != null) {
            queued.removeIf(a -> a.trial() == assignment.trial());
            happened(new Failed(clock.instant(), assignment.trial(), cause));
        }
    }

    /** Those that have begun, by their numbers. */
    public synchronized List<Trial> trials() {
        return trials.begun();
    }

    public synchronized Trial trial(int number) {
        return trials.get(number);
    }

    public synchronized int count(TrialState state) {
        return trials.count(state);
    }

    /** All trials that have begun, as they stand. */
    public synchronized SweepResult result() {
        return SweepResult.of(spec, trials);
    }

    /** The best trial that did not fail. */
    public synchronized Optional<Trial> best() {
        return trials.best();
    }

    private void happened(SweepEvent event) {
        journal.accept(event);
        trials.take(event);
    }

    /** As it happened, but without a journal: the course hears of it, too. */
    private void replay(SweepEvent event) {
        if (event instanceof Started e && e.trial() < trials.size()) {
            Trial trial = trials.get(e.trial());
            if (trial.state() == TrialState.PAUSED) {
                course.resumed(new Stage(e.trial(), e.to()));
            }
        }
        trials.take(event);
        if (event instanceof Paused e) {
            course.reached(e.trial(), e.epochs(), trials.get(e.trial()).losses(spec.objective()));
        } else if (event instanceof Finished e) {
            course.reached(e.trial(), e.epochs(), trials.get(e.trial()).losses(spec.objective()));
        }
    }

    private static int firstNotFinite(double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                return i;
            }
        }
        return -1;
    }

    private static double[] toArray(List<Double> values) {
        return Arrays.copyOf(values.stream().mapToDouble(Double::doubleValue).toArray(), values.size());
    }
}
