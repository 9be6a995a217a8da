package dev.starling.driver.selection.search;

import dev.starling.driver.selection.search.SweepEvent.Failed;
import dev.starling.driver.selection.search.SweepEvent.Finished;
import dev.starling.driver.selection.search.SweepEvent.Opened;
import dev.starling.driver.selection.search.SweepEvent.Paused;
import dev.starling.driver.selection.search.SweepEvent.Planned;
import dev.starling.driver.selection.search.SweepEvent.Started;
import dev.starling.driver.selection.search.sampler.Knowledge;
import dev.starling.driver.selection.search.sampler.Knowledge.Observation;
import dev.starling.driver.selection.search.space.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What the events of a sweep add up to. Not thread-safe. */
final class Trials {
    /** Behind all that were measured as far, before those that failed. */
    private static final double LEFT_BEHIND = Double.MAX_VALUE;

    /** Of very many trials the newest and the best are told: the time for the next point is not to grow with their number. */
    private static final int NEWEST = 1500;

    private static final int BEST = 250;

    private final Objective objective;
    private final int parts;
    private final List<Trial> trials = new ArrayList<>();
    private final Map<TrialState, Integer> counts = new EnumMap<>(TrialState.class);
    /** How many trials have stopped after so many epochs and not gone further. */
    private final SortedMap<Integer, Integer> stops = new TreeMap<>();

    private long epochs;
    private Duration before = Duration.ZERO;
    private Optional<Instant> opened = Optional.empty();
    private Instant last = Instant.EPOCH;

    /** @param parts trainings per trial */
    Trials(Objective objective, int parts) {
        this.objective = objective;
        this.parts = parts;
    }

    void take(SweepEvent event) {
        if (event instanceof Opened) {
            opened.ifPresent(start -> before = before.plus(Duration.between(start, last)));
            opened = Optional.of(event.time());
            trials.replaceAll(t -> t.state() == TrialState.RUNNING ? counted(t, t.interrupted()) : t);
        } else if (event instanceof Planned e) {
            trials.add(counted(Trial.planned(e.trial(), e.point())));
        } else if (event instanceof Started e) {
            start(e);
        } else if (event instanceof Paused e) {
            measure(e.trial(), TrialState.PAUSED, e.values(), e.seconds());
        } else if (event instanceof Finished e) {
            measure(e.trial(), e.stopped() ? TrialState.STOPPED : TrialState.FINISHED, e.values(), e.seconds());
        } else if (event instanceof Failed e) {
            replace(get(e.trial()).failed(e.cause()));
        }
        last = event.time();
    }

    private void start(Started e) {
        if (e.trial() == trials.size()) {
            trials.add(counted(Trial.begun(e.trial(), e.point(), e.to())));
        } else {
            Trial trial = get(e.trial());
            if (trial.state() == TrialState.PAUSED) {
                stops.merge(trial.to(), -1, Integer::sum);
            }
            replace(trial.resumed(e.from(), e.to()));
        }
    }

    private void measure(int number, TrialState state, List<Double> values, double seconds) {
        double[] more = values.stream().mapToDouble(Double::doubleValue).toArray();
        Trial trial = get(number).measured(state, more, seconds);
        epochs += (long) more.length * parts;
        stops.merge(trial.to(), 1, Integer::sum);
        replace(trial);
    }

    private void replace(Trial trial) {
        trials.set(trial.number(), counted(get(trial.number()), trial));
    }

    private Trial counted(Trial old, Trial fresh) {
        counts.merge(old.state(), -1, Integer::sum);
        return counted(fresh);
    }

    private Trial counted(Trial trial) {
        counts.merge(trial.state(), 1, Integer::sum);
        return trial;
    }

    Trial get(int number) {
        return trials.get(number);
    }

    /** Of those begun and planned. */
    int size() {
        return trials.size();
    }

    /** By their numbers. */
    List<Trial> begun() {
        return count(TrialState.PLANNED) == 0 ? List.copyOf(trials) : with(t -> t.state() != TrialState.PLANNED);
    }

    /** By their numbers. */
    List<Trial> planned() {
        return count(TrialState.PLANNED) == 0 ? List.of() : with(t -> t.state() == TrialState.PLANNED);
    }

    private List<Trial> with(Predicate<Trial> rule) {
        return trials.stream().filter(rule).toList();
    }

    int count(TrialState state) {
        return counts.getOrDefault(state, 0);
    }

    /** Trained and told, by all parts of all trials. */
    long epochs() {
        return epochs;
    }

    /** Of all sessions. */
    Duration elapsed(Instant now) {
        return before.plus(opened.map(start -> Duration.between(start, now)).orElse(Duration.ZERO));
    }

    /** The lowest trial that was interrupted. */
    Optional<Trial> interrupted() {
        return count(TrialState.INTERRUPTED) == 0
                ? Optional.empty()
                : trials.stream()
                        .filter(t -> t.state() == TrialState.INTERRUPTED)
                        .findFirst();
    }

    /** The best of those that did not fail; of equals the first. */
    Optional<Trial> best() {
        return trials.stream()
                .filter(t -> t.state() != TrialState.FAILED && t.epochs() > 0)
                .min(Comparator.comparingDouble(t -> t.loss(objective, Integer.MAX_VALUE)));
    }

    /**
     * Results at one number of epochs, the largest that enough trials have come to (Falkner, Klein, Hutter, "BOHB", ICML 2018). Those that paused before count as worse than all that came so
     * far, since others were preferred to them; those that failed as worse still.
     *
     * @param enough trials to learn from
     */
    Knowledge knowledge(int enough) {
        int at = level(enough);
        double[] losses = trials.stream().mapToDouble(t -> loss(t, at)).toArray();
        double limit = worthTelling(losses);
        List<Observation> told = new ArrayList<>();
        List<Point> running = new ArrayList<>();
        for (Trial trial : trials) {
            double loss = losses[trial.number()];
            if (Double.isNaN(loss)) {
                running.add(trial.point());
            } else if (loss <= limit || trial.number() >= trials.size() - NEWEST) {
                told.add(new Observation(trial.point(), loss));
            }
        }
        return new Knowledge(told, running);
    }

    /** At so many epochs; NaN while it is not known. */
    private double loss(Trial trial, int at) {
        if (trial.state() == TrialState.FAILED) {
            return Double.POSITIVE_INFINITY;
        }
        if (reached(trial) >= at) {
            return trial.loss(objective, at);
        }
        boolean isUnderWay =
                switch (trial.state()) {
                    case PLANNED, RUNNING, INTERRUPTED -> true;
                    default -> false;
                };
        return isUnderWay ? Double.NaN : LEFT_BEHIND;
    }

    /** The loss up to which old trials are told, too. */
    private static double worthTelling(double[] losses) {
        if (losses.length <= NEWEST) {
            return Double.POSITIVE_INFINITY;
        }
        double[] sorted = losses.clone();
        Arrays.sort(sorted);
        return sorted[BEST];
    }

    private static int reached(Trial trial) {
        return switch (trial.state()) {
            case RUNNING, INTERRUPTED -> trial.from();
            case PAUSED, FINISHED, STOPPED -> trial.to();
            case PLANNED, FAILED -> 0;
        };
    }

    private int level(int enough) {
        int lowest = stops.isEmpty() ? 1 : stops.firstKey();
        int further = 0;
        for (int stop :
                stops.keySet().stream().sorted(Comparator.reverseOrder()).toList()) {
            further += stops.get(stop);
            if (further >= enough) {
                return stop;
            }
        }
        return lowest;
    }
}
