package dev.starling.worker.metrics;

import dev.starling.worker.data.Target;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
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

    /** Of the values of each example those that metrics but the loss are of: all but of several outputs. */
    default float[] shownOf(float[] values, int rows) {
        return values;
    }

    /** How many values {@link #shownOf} leaves of each example. */
    default int shownOutputs() {
        return outputs();
    }

    /** The sum over examples of the loss; arrays as {@link Totals#add(float[], float[], int)} takes them. */
    default double lossSum(float[] outputs, float[] targets, int rows) {
        return LossFunction.sum(loss(), outputs, targets, rows, outputs());
    }

    /**
     * One class of several. With one output (sigmoid) there are two classes, and the second is said where the output is over 0.5;
     * else the class of the largest output is said, and the target is one-hot. Where classes are points, that of the nearest one is said.
     *
     * @param classes names in the order of their numbers, at least one
     * @param points of the classes; empty where they are none
     */
    record Classification(Loss loss, int outputs, List<String> classes, List<List<Double>> points) implements Scoring {
        public Classification {
            classes = List.copyOf(classes);
            points = points.stream().map(List::copyOf).toList();
        }

        public Classification(Loss loss, int outputs, List<String> classes) {
            this(loss, outputs, classes, List.of());
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
            return (points.isEmpty() ? outputs : points.size()) > ClassTotals.TOP;
        }

        boolean isBinary() {
            return classes.size() == 2 && points.isEmpty();
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

    /**
     * Several outputs, one after the other: the loss is the sum of theirs, and all else is of what is shown.
     *
     * @param shown over all outputs together, or over the first one
     */
    record Several(Scoring shown, List<Output> each) implements Scoring {
        public Several {
            each = List.copyOf(each);
        }

        /** @param from first column */
        public record Output(Loss loss, int from, int width) {}

        @Override
        public Loss loss() {
            return shown.loss();
        }

        @Override
        public int outputs() {
            return each.stream().mapToInt(Output::width).sum();
        }

        @Override
        public List<String> metrics() {
            return shown.metrics();
        }

        @Override
        public Totals zero() {
            return new SeveralTotals(this);
        }

        @Override
        public double lossSum(float[] outputs, float[] targets, int rows) {
            double sum = 0;
            for (Output one : each) {
                float[] given = columns(outputs, rows, one.from, one.width);
                float[] wanted = columns(targets, rows, one.from, one.width);
                sum += LossFunction.sum(one.loss, given, wanted, rows, one.width);
            }
            return sum;
        }

        @Override
        public float[] shownOf(float[] values, int rows) {
            return columns(values, rows, 0, shown.outputs());
        }

        @Override
        public int shownOutputs() {
            return shown.outputs();
        }

        private float[] columns(float[] values, int rows, int from, int width) {
            float[] columns = new float[rows * width];
            for (int row = 0; row < rows; row++) {
                System.arraycopy(values, row * outputs() + from, columns, row * width, width);
            }
            return columns;
        }
    }

    /**
     * For a network whose outputs the target fits. Of several outputs numbers that are split among them are shown together, and where all have the same target the first one is shown.
     *
     * @param target see {@code TargetCoding}
     */
    static Scoring of(NetworkSpec network, Target target) {
        List<Integer> sizes = NetworkLayout.of(network).outputSizes();
        if (sizes.size() == 1) {
            return of(network.loss(), target, sizes.get(0));
        }
        List<Several.Output> each = new ArrayList<>();
        int all = 0;
        for (int i = 0; i < sizes.size(); i++) {
            each.add(new Several.Output(network.lossOf(i), all, sizes.get(i)));
            all += sizes.get(i);
        }
        boolean isSplit =
                target instanceof Target.Values values && values.names().size() == all;
        return new Several(of(network.lossOf(0), target, isSplit ? all : sizes.get(0)), each);
    }

    /** @param outputs of the network, which the target fits (see {@code TargetCoding}) */
    static Scoring of(Loss loss, Target target, int outputs) {
        if (target instanceof Target.Classes classes) {
            return new Classification(loss, outputs, classes.names(), classes.points());
        }
        if (target instanceof Target.Values values) {
            return loss.isCrossEntropy() ? new Labels(loss, outputs) : new Regression(loss, outputs, values.divisors());
        }
        return new Regression(loss, outputs, Collections.nCopies(outputs, 1.0));
    }
}
