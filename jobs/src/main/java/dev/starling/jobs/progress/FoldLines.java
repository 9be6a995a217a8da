package dev.starling.jobs.progress;

import dev.starling.driver.selection.crossvalidation.Comparison;
import dev.starling.driver.selection.crossvalidation.CrossValidationResult;
import dev.starling.driver.selection.crossvalidation.EnsembleJson;
import dev.starling.driver.selection.crossvalidation.FoldPlan;
import dev.starling.driver.selection.crossvalidation.FoldResult;
import dev.starling.driver.selection.crossvalidation.Summary.Interval;
import dev.starling.driver.selection.pool.UnitFailure;
import dev.starling.worker.data.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells how a cross-validation goes: a line per fold, and at the end what they come to. Thread-safe. */
public final class FoldLines {
    private static final List<String> DIVISION = List.of("bias2", "variance", "error");

    private final Screen screen;
    private final FoldPlan plan;
    private final List<String> followed;

    /** @param followed metrics that the user wants beside the loss */
    public FoldLines(Screen screen, FoldPlan plan, List<String> followed) {
        this.screen = screen;
        this.plan = plan;
        this.followed = List.copyOf(followed);
    }

    /** @param done folds that are there already */
    public void beginning(int done, int replicas, int slots, boolean nested) {
        screen.line(String.format(
                Locale.ROOT,
                plan.spec().isBootstrap()
                        ? "%,d examples, %d models of bootstrap samples%s%s; %s"
                        : "%,d examples in %d folds%s%s; %s",
                plan.rows().numbers().length,
                plan.size(),
                nested ? ", nested" : "",
                done == 0 ? "" : ", " + done + " of them finished before",
                replicas > 1
                        ? "one after another by " + replicas + " replicas"
                        : Math.min(slots, plan.size() - done) + " at a time"));
    }

    public void finished(FoldResult fold) {
        screen.line(String.format(
                Locale.ROOT,
                "%s of %d  train%s  test%s  %d epoch%s  %.2f s",
                plan.label(fold.index()),
                plan.size() / plan.spec().repeats(),
                values(fold.metrics().get(Split.TRAIN).values()),
                values(fold.scored()),
                fold.epochs(),
                fold.epochs() == 1 ? "" : "s",
                fold.seconds()));
    }

    public void failed(int fold, UnitFailure failure) {
        screen.line(plan.label(fold) + " failed: " + failure.message());
    }

    private String values(Map<String, Double> metrics) {
        StringBuilder text = new StringBuilder();
        metrics.forEach((name, value) -> {
            if (isShown(name, followed)) {
                text.append(String.format(Locale.ROOT, " %s %.4f", name, value));
            }
        });
        return text.toString();
    }

    private static boolean isShown(String metric, List<String> followed) {
        return metric.equals("loss") || followed.contains(metric);
    }

    /**
     * A line per metric: mean, deviation over folds, corrected interval.
     *
     * @param label whose lines they are, where there are others' too; else empty
     */
    public static List<String> ending(CrossValidationResult result, List<String> followed, String label) {
        String whose = label.isEmpty() ? "" : label + ": ";
        List<String> lines = new ArrayList<>();
        result.summary().mean().forEach((metric, mean) -> {
            if (isShown(metric, followed)) {
                String line = String.format(Locale.ROOT, "%s%-10s  mean %.4f", whose, metric, mean);
                if (result.summary().std().containsKey(metric)) {
                    Interval interval = result.summary().interval().get(metric);
                    line += String.format(
                            Locale.ROOT,
                            "  std %.4f  95%% interval %.4f to %.4f",
                            result.summary().std().get(metric),
                            interval.low(),
                            interval.high());
                }
                lines.add(line);
            }
        });
        return lines;
    }

    /** Of bootstrap samples: the ensemble's metrics and how the models' error divides, out of bag and on test rows. Nothing where there is no ensemble. */
    public static List<String> ensemble(CrossValidationResult result, List<String> followed) {
        List<String> lines = new ArrayList<>();
        result.ensemble().ifPresent(ensemble -> EnsembleJson.values(ensemble).forEach((part, values) -> {
            StringBuilder line = new StringBuilder(String.format(
                    Locale.ROOT,
                    "ensemble of %d, %s (%.0f rows)",
                    ensemble.models(),
                    part.equals("outOfBag") ? "out of bag" : part,
                    values.get("rows")));
            values.forEach((name, value) -> {
                if (isShown(name, followed) || DIVISION.contains(name)) {
                    line.append(String.format(Locale.ROOT, "  %s %s", name, Lines.value(value)));
                }
            });
            lines.add(line.toString());
        }));
        return lines;
    }

    /** A line per metric: the difference, and how likely chance alone gives one as large. */
    public static List<String> comparison(Comparison comparison, String one, String other, List<String> followed) {
        List<String> lines = new ArrayList<>();
        comparison.metrics().forEach((metric, difference) -> {
            if (isShown(metric, followed)) {
                lines.add(String.format(
                        Locale.ROOT,
                        "%-10s  %s less %s: %+.4f  95%% interval %+.4f to %+.4f  t %.2f  p %.3f",
                        metric,
                        one,
                        other,
                        difference.mean(),
                        difference.interval().low(),
                        difference.interval().high(),
                        difference.t(),
                        difference.p()));
            }
        });
        return lines;
    }
}
