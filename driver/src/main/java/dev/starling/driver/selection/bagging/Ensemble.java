package dev.starling.driver.selection.bagging;

import dev.starling.driver.selection.pool.UnitResult.Predictions;
import dev.starling.worker.metrics.ClassTable;
import dev.starling.worker.metrics.Metrics;
import dev.starling.worker.metrics.Scoring;
import dev.starling.worker.metrics.Totals;
import dev.starling.worker.network.Loss;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Models of bootstrap samples, taken together.
 *
 * @param models how many
 * @param outOfBag each row by the models that did not learn from it; rows that all learned from are left out
 * @param test rows that no model learned from, by all of them; empty where there are none
 */
public record Ensemble(int models, Part outOfBag, Optional<Part> test) {
    /**
     * The ensemble on some rows.
     *
     * @param rows their numbers in the data, rising
     * @param counts per row, of the models whose mean is taken
     * @param predictions the means; targets as the models' have them
     * @param metrics of the means, by name; for numbers without the loss, which is in the unit that is trained
     * @param classes empty where the target is not classes
     */
    public record Part(
            int[] rows,
            int[] counts,
            Predictions predictions,
            Map<String, Double> metrics,
            Optional<ClassTable> classes,
            Decomposition decomposition) {
        public Part {
            metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        }
    }

    /**
     * What a model predicts.
     *
     * @param rows numbers of those that it did not learn from
     */
    public record Member(int[] rows, Predictions outOfBag, Optional<Predictions> test) {}

    /**
     * @param classes names in order; empty where the target is not classes
     * @param test numbers of the test rows, in the order of the members' predictions
     */
    public static Ensemble of(List<String> classes, List<Member> members, int[] test) {
        Votes outOfBag = new Votes(!classes.isEmpty());
        members.forEach(member -> outOfBag.add(member.rows(), member.outOfBag()));
        Optional<Part> part = Optional.empty();
        if (test.length > 0) {
            Votes votes = new Votes(!classes.isEmpty());
            members.forEach(member -> votes.add(test, member.test().orElseThrow()));
            part = Optional.of(part(classes, votes));
        }
        return new Ensemble(members.size(), part(classes, outOfBag), part);
    }

    private static Part part(List<String> classes, Votes votes) {
        Predictions means = votes.means();
        int width = means.width();
        Totals totals = scoring(classes, width).zero();
        totals.add(means.outputs(), votes.asked(), votes.numbers().length);
        Metrics metrics = totals.metrics(0);
        Map<String, Double> values = new LinkedHashMap<>(metrics.values());
        if (classes.isEmpty()) {
            values.remove("loss");
        }
        return new Part(votes.numbers(), votes.counts(), means, values, metrics.classes(), votes.decomposition());
    }

    private static Scoring scoring(List<String> classes, int width) {
        if (classes.isEmpty()) {
            return new Scoring.Regression(Loss.MEAN_SQUARED_ERROR, width, Collections.nCopies(width, 1.0));
        }
        Loss loss = width == 1 ? Loss.BINARY_CROSSENTROPY : Loss.CATEGORICAL_CROSSENTROPY;
        return new Scoring.Classification(loss, width, classes);
    }
}
