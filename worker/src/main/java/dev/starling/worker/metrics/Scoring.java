package dev.starling.worker.metrics;

import dev.starling.worker.data.Target;
import dev.starling.worker.network.Loss;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What is summed over examples, and which metrics come of it: chosen once from loss, target and outputs. */
public sealed interface Scoring {
    Loss loss();

    /** Values per example that the network gives, ≥ 1. */
    int outputs();

    /** Names of the metrics, as in metrics.json and in its order; {@code loss} is the first. */
    List<String> metrics();

    /** Sums over no example. */
    Totals zero();

    /**
     * One class of several. With one output (sigmoid) there are two classes, and the second is said where the output is over 0.5;
     * else the class of the largest output is said, and the target is one-hot.
     *
     * @param classes names in the order of their numbers, at least one
     */
    record Classification(Loss loss, int outputs, List<String> classes) implements Scoring {
        public Classification {
            classes = List.copyOf(classes);
        }

        @Override
        public List<String> metrics() {
            List<String> names = new ArrayList<>(List.of("loss", "accuracy"));
            if (countsTop5()) {
                names.add("top5");
            }
            Collections.addAll(names, "precision", "recall", "f1");
            if (isBinary()) {
                names.add("auc");
            }
            return List.copyOf(names);
        }

        boolean countsTop5() {
            return outputs > ClassTotals.TOP;
        }

        boolean isBinary() {
            return classes.size() == 2;
        }

        @Override
        public Totals zero() {
            return new ClassTotals(this);
        }
    }

    /** Several answers of yes or no, each by an output of its own: accuracy is the share of right answers. */
    record Labels(Loss loss, int outputs) implements Scoring {
        @Override
        public List<String> metrics() {
            return List.of("loss", "accuracy");
        }

        @Override
        public Totals zero() {
            return new LabelTotals(this);
        }
    }

    /**
     * Numbers. What is trained is (x − offset) ÷ divisor; the metrics but the loss are in the unit of x.
     *
     * @param divisors one per output
     */
    record Regression(Loss loss, int outputs, List<Double> divisors) implements Scoring {
        public Regression {
            divisors = List.copyOf(divisors);
            if (divisors.size() != outputs) {
                throw new IllegalArgumentException("Cannot score " + outputs + " outputs: " + divisors.size()
                        + " divisors given (expected one per output)");
            }
        }

        @Override
        public List<String> metrics() {
            return List.of("loss", "mse", "rmse", "mae", "r2");
        }

        @Override
        public Totals zero() {
            return new ValueTotals(this);
        }
    }

    /** @param outputs of the network, which the target fits (see {@code TargetCoding}) */
    static Scoring of(Loss loss, Target target, int outputs) {
        if (target instanceof Target.Classes classes) {
            return new Classification(loss, outputs, classes.names());
        }
        if (target instanceof Target.Values values) {
            return loss.isCrossEntropy() ? new Labels(loss, outputs) : new Regression(loss, outputs, values.divisors());
        }
        return new Regression(loss, outputs, Collections.nCopies(outputs, 1.0));
    }
}
