package dev.starling.driver.selection.search.halving;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The median rule: see {@link EarlyTermination.Median}. Who is not ended goes on before new trials begin. */
final class MedianCourse implements Course {
    private final EarlyTermination.Median rule;
    private final int epochs;
    /** Of each epoch (from 0), sorted: the mean loss up to it of every finished trial. */
    private final List<List<Double>> averages = new ArrayList<>();

    private final Deque<Stage> waiting = new ArrayDeque<>();

    MedianCourse(EarlyTermination.Median rule, int epochs) {
        this.rule = rule;
        this.epochs = epochs;
        for (int e = 0; e < epochs; e++) {
            averages.add(new ArrayList<>());
        }
    }

    @Override
    public int first(int trial) {
        return Math.min(epochs, rule.minEpochs());
    }

    @Override
    public Verdict reached(int trial, int reached, double[] losses) {
        if (reached >= epochs || losses.length < reached) {
            finish(losses);
            return Verdict.FINISHED;
        }
        List<Double> others = averages.get(reached - 1);
        double best = Arrays.stream(losses).min().orElseThrow();
        if (others.size() >= rule.minTrials() && best > median(others)) {
            return Verdict.STOPPED;
        }
        waiting.add(new Stage(trial, Math.min(epochs, reached + rule.every())));
        return Verdict.PAUSED;
    }

    /** A trial that ended itself keeps its average from there on. */
    private void finish(double[] losses) {
        double sum = 0;
        for (int e = 0; e < epochs; e++) {
            sum += e < losses.length ? losses[e] : 0;
            double average = sum / Math.min(e + 1, losses.length);
            List<Double> sorted = averages.get(e);
            int at = Collections.binarySearch(sorted, average);
            sorted.add(at < 0 ? -at - 1 : at, average);
        }
    }

    private static double median(List<Double> sorted) {
        int n = sorted.size();
        return (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
    }

    @Override
    public Optional<Stage> next() {
        return Optional.ofNullable(waiting.peek());
    }

    @Override
    public void resumed(Stage stage) {
        waiting.removeFirstOccurrence(stage);
    }
}
