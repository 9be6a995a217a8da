package dev.starling.tests.course;

import static dev.starling.tests.course.Exercise.atLeast;
import static dev.starling.tests.course.Exercise.atMost;
import static dev.starling.tests.course.Exercise.between;
import static dev.starling.tests.course.Exercise.show;

import dev.starling.tests.course.Exercise.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What each experiment of the course is expected to come to. */
final class Exercises {
    private static final String MSE = "/train/mse";
    private static final String TEST_ACCURACY = "/test/accuracy";

    private static final List<Exercise> UP_TO_CONVOLUTIONS = List.of(
            atMost("neuron-or", MSE, 0.02),
            atMost("neuron-or-batch", MSE, 0.02),
            atMost("neuron-and", MSE, 0.03),
            between("neuron-xor", MSE, 0.249, 0.27),
            atMost("mlp-xor", MSE, 0.01),
            new Exercise("mlp-xor-runs", "train mse at most 0.01 in seven of ten runs at least", (courses, run) -> {
                double[] errors = losses(run, "/train/mse", 10);
                return new Finding(
                        show(errors),
                        DoubleStream.of(errors).filter(e -> e <= 0.01).count() >= 7);
            }),
            atLeast("perceptron-or", "/train/accuracy", 1),
            atLeast("perceptron-and", "/train/accuracy", 1),
            between("perceptron-xor", "/train/accuracy", 0, 0.75),
            new Exercise("regression-line", "rmse of the normal equations, to 1e-5", Exercises::leastSquares),
            atLeast("linear-clouds", TEST_ACCURACY, 0.94),
            between("linear-moons", TEST_ACCURACY, 0.75, 0.92),
            atLeast("polynomial-moons", TEST_ACCURACY, 0.93),
            atLeast("folds", "/mean/accuracy", 0.9),
            atMost("tutorial-1", MSE, 0.03),
            between("tutorial-1-neuron", MSE, 0.06, 0.25),
            atMost("tutorial-1-relu", MSE, 0.03),
            atMost("representations", MSE, 0.06),
            atLeast("softmax-iris", TEST_ACCURACY, 0.93),
            new Exercise("learning-rates", "the middle rate's train loss is the lowest", (courses, run) -> {
                double[] losses = losses(run, "/train/loss", 3);
                return new Finding(show(losses), losses[1] < losses[0] && losses[1] < losses[2]);
            }),
            new Exercise("wide-deep", "validation loss: three layers below one, means of 3 seeds", (courses, run) -> {
                double[] losses = {meanOfParts(run, 0, 3), meanOfParts(run, 1, 3)};
                return new Finding(show(losses), losses[1] < losses[0]);
            }),
            new Exercise("vanishing-gradients", "sigmoid's train loss at 0.69, ReLU's below 0.4", (courses, run) -> {
                double[] losses = losses(run, "/train/loss", 3);
                return new Finding(show(losses), losses[0] > 0.68 && losses[2] < 0.4);
            }),
            new Exercise("deep-sigmoid", "first ÷ last layer's gradient at the start below 0.001", (courses, run) -> {
                double ratio = Courses.gradientRatio(run);
                return new Finding(String.format(Locale.ROOT, "%.2e", ratio), ratio < 1e-3);
            }),
            new Exercise("deep-relu", "first ÷ last layer's gradient at the start above 0.01", (courses, run) -> {
                double ratio = Courses.gradientRatio(run);
                return new Finding(String.format(Locale.ROOT, "%.2e", ratio), ratio > 1e-2);
            }),
            new Exercise(
                    "activations", "train loss: sigmoid's is the highest, the others below 0.4", (courses, run) -> {
                        double[] losses = losses(run, "/train/loss", 7);
                        double others = DoubleStream.of(losses).skip(1).max().orElseThrow();
                        return new Finding(show(losses), losses[0] > others && others < 0.4);
                    }),
            new Exercise("initializers", "zeros at 0.69, random starts below 0.5", (courses, run) -> {
                double[] losses = losses(run, "/train/loss", 4);
                double others = DoubleStream.of(losses).skip(1).max().orElseThrow();
                return new Finding(show(losses), losses[0] > 0.68 && others < 0.5);
            }),
            new Exercise("optimizers", "validation accuracy of all seven at least 0.9", (courses, run) -> {
                double[] accuracies = losses(run, "/validation/accuracy", 7);
                return new Finding(
                        show(accuracies), DoubleStream.of(accuracies).min().orElseThrow() >= 0.9);
            }),
            new Exercise("batch-normalization", "validation loss: with it below half of without", (courses, run) -> {
                double[] losses = losses(run, "/validation/loss", 2);
                return new Finding(show(losses), losses[1] < losses[0] / 2);
            }),
            new Exercise("overfitting", "train accuracy 1, test loss above 1", (courses, run) -> {
                double[] found = {Courses.value(run, "/train/accuracy"), Courses.value(run, "/test/loss")};
                return new Finding(show(found), found[0] == 1 && found[1] > 1);
            }),
            regularized("regularize-l2"),
            regularized("regularize-l1"),
            regularized("weight-decay"),
            regularized("dropout"),
            regularized("early-stopping"),
            regularized("label-smoothing"),
            regularized("noise-inputs"),
            regularized("noise-weights"),
            below("augmentation", "augmentation-none"),
            new Exercise("bias", "train and validation rmse above 0.4", (courses, run) -> {
                double[] found = {Courses.value(run, "/train/rmse"), Courses.value(run, "/validation/rmse")};
                return new Finding(show(found), Math.min(found[0], found[1]) > 0.4);
            }),
            new Exercise("variance", "train rmse below 0.2, validation rmse above it by half", (courses, run) -> {
                double[] found = {Courses.value(run, "/train/rmse"), Courses.value(run, "/validation/rmse")};
                return new Finding(show(found), found[0] < 0.2 && found[1] > 1.5 * found[0]);
            }),
            new Exercise("auto-mpg", "mean validation rmse of 10 splits at most 2.9 mpg", Exercises::tenSplits),
            atLeast("fashion-cnn", TEST_ACCURACY, 0.92));

    static final List<Exercise> ALL = Stream.concat(UP_TO_CONVOLUTIONS.stream(), Representations.ALL.stream())
            .toList();

    private Exercises() {}

    /** The row of an experiment; of one without a row all that is expected is that it runs. */
    static Exercise of(String name) {
        return ALL.stream()
                .filter(exercise -> exercise.name().equals(name))
                .findFirst()
                .orElseGet(() -> new Exercise(name, "runs to its end", (courses, run) -> new Finding("it did", true)));
    }

    private static Exercise regularized(String name) {
        return below(name, "overfitting");
    }

    /** One seed; {@link RegularizersTest} compares ten. */
    private static Exercise below(String name, String control) {
        return new Exercise(name, "test loss below " + control + "'s, same seed", (courses, run) -> {
            double[] found = {Courses.value(courses.run(control), "/test/loss"), Courses.value(run, "/test/loss")};
            return new Finding(show(found), found[1] < found[0]);
        });
    }

    private static Finding leastSquares(Courses courses, Path run) {
        double exact = LeastSquares.ofLine().rmse();
        double found = Courses.value(run, "/train/rmse");
        return new Finding(
                String.format(Locale.ROOT, "%.6f, exact %.6f", found, exact), Math.abs(found - exact) < 1e-5);
    }

    private static Finding tenSplits(Courses courses, Path run) {
        List<Double> errors = new ArrayList<>();
        for (int seed = 1; seed <= 10; seed++) {
            errors.add(Courses.value(courses.run("auto-mpg", "seed=" + seed), "/validation/rmse"));
        }
        double mean = errors.stream().mapToDouble(x -> x).average().orElseThrow();
        return new Finding(
                show(mean) + " (" + show(errors.stream().mapToDouble(x -> x).toArray()) + ")", mean <= 2.9);
    }

    private static double[] losses(Path run, String pointer, int trials) {
        return IntStream.range(0, trials)
                .mapToDouble(trial -> Courses.trial(run, trial, pointer))
                .toArray();
    }

    private static double meanOfParts(Path run, int trial, int parts) {
        return IntStream.range(0, parts)
                .mapToDouble(part -> Courses.value(
                        run.resolve("trials/" + trial + (part == 0 ? "" : "/" + part)), "/validation/loss"))
                .average()
                .orElseThrow();
    }
}
