package dev.starling.jobs.report;

import dev.starling.driver.selection.search.Objective;
import dev.starling.driver.selection.search.SweepEvent;
import dev.starling.driver.selection.search.SweepResult;
import dev.starling.driver.selection.search.SweepSpec;
import dev.starling.driver.selection.search.Trial;
import dev.starling.driver.selection.search.TrialState;
import dev.starling.driver.selection.search.space.Dimension;
import dev.starling.driver.selection.search.space.Parameter;
import dev.starling.driver.selection.search.space.Setting;
import dev.starling.jobs.report.ScatterChart.Dot;
import dev.starling.jobs.report.ScatterChart.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** How a sweep found its best trial, and how each parameter bears on the objective. */
record SweepCharts(SweepResult result) {
    private static final String TRIED = "#8fa9c4";
    private static final String SHORT = "#d5dde6";
    private static final String BEST = "#c0392b";
    /** Above this ratio of the largest to the smallest value only orders of magnitude can be told apart. */
    private static final double WIDE = 200;

    private Objective objective() {
        return result.spec().objective();
    }

    /** Every result over the epochs that all trials had trained by then, and the best so far; empty where there is none. */
    String bestSoFar(List<SweepEvent> events) {
        List<Dot> dots = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        int epochs = 0;
        for (SweepEvent event : events) {
            List<Double> values = event instanceof SweepEvent.Paused e
                    ? e.values()
                    : event instanceof SweepEvent.Finished e ? e.values() : List.of();
            if (values.isEmpty()) {
                continue;
            }
            epochs += values.size();
            double value = best(values.stream().mapToDouble(Double::doubleValue));
            double before =
                    steps.isEmpty() ? value : steps.get(steps.size() - 1).y();
            steps.add(new Step(epochs, best(DoubleStream.of(before, value))));
            int trial = ((SweepEvent.OfTrial) event).trial();
            dots.add(new Dot(epochs, value, TRIED, 3, "trial " + trial + ": " + Html.number(value)));
        }
        if (dots.isEmpty()) {
            return "";
        }
        Axis across = Axis.over(0, epochs, 8, true);
        Frame frame = new Frame(
                "Best so far: " + objective().label(), across, up(dots), "epochs trained, by all trials together");
        return new ScatterChart(frame, dots, steps).svg();
    }

    private double best(DoubleStream values) {
        return objective().maximize()
                ? values.max().orElseThrow()
                : values.min().orElseThrow();
    }

    private static Along up(List<Dot> dots) {
        double least = dots.stream().mapToDouble(Dot::y).min().orElse(0);
        double most = dots.stream().mapToDouble(Dot::y).max().orElse(1);
        return least > 0 && most / least > WIDE
                ? Along.Logarithmic.over(least, most)
                : Axis.over(least, most, 5, false);
    }

    /** A chart per parameter that has had several values. */
    List<String> parameters() {
        List<String> charts = new ArrayList<>();
        for (String path : result.spec().space().paths()) {
            parameter(path).ifPresent(charts::add);
        }
        return charts;
    }

    private Optional<String> parameter(String path) {
        List<Trial> trials = result.trials().stream()
                .filter(t -> t.state() != TrialState.FAILED && t.epochs() > 0)
                .filter(t -> t.point().settings().containsKey(path))
                .toList();
        if (trials.stream().map(t -> t.point().label(path)).distinct().count() < 2) {
            return Optional.empty();
        }
        List<String> names = trials.stream()
                .map(t -> t.point().settings().get(path))
                .filter(Setting.Chosen.class::isInstance)
                .map(Setting::label)
                .distinct()
                .sorted()
                .toList();
        int longest = trials.stream().mapToInt(Trial::epochs).max().orElse(0);
        List<Dot> dots = new ArrayList<>();
        trials.forEach(t -> dots.add(dot(t, path, names, t.epochs() < longest ? SHORT : TRIED, 3.5)));
        result.best().filter(trials::contains).ifPresent(best -> dots.add(dot(best, path, names, BEST, 5)));
        Along across = names.isEmpty() ? across(path, dots) : new Along.Names(names);
        return Optional.of(new ScatterChart(new Frame(path, across, up(dots), lastKey(path)), dots, List.of()).svg());
    }

    private Dot dot(Trial trial, String path, List<String> names, String color, double radius) {
        double value = trial.value(objective()).orElseThrow();
        String label = trial.point().label(path);
        double x = names.isEmpty() ? trial.point().real(path) : names.indexOf(label);
        String tip =
                "trial " + trial.number() + ", " + label + ", " + trial.epochs() + " epochs: " + Html.number(value);
        return new Dot(x, value, color, radius, tip);
    }

    private Along across(String path, List<Dot> dots) {
        double least = dots.stream().mapToDouble(Dot::x).min().orElseThrow();
        double most = dots.stream().mapToDouble(Dot::x).max().orElseThrow();
        SweepSpec spec = result.spec();
        boolean orders = spec.space().parametersAt(path).stream()
                .map(Parameter::dimension)
                .anyMatch(
                        d -> d instanceof Dimension.LogUniform || (d instanceof Dimension.Whole whole && whole.log()));
        return orders && least > 0 ? Along.Logarithmic.over(least, most) : Axis.over(least, most, 6, false);
    }

    private static String lastKey(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
