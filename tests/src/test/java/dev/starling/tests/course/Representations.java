package dev.starling.tests.course;

import static dev.starling.tests.course.Exercise.atLeast;
import static dev.starling.tests.course.Exercise.atMost;
import static dev.starling.tests.course.Exercise.between;
import static dev.starling.tests.course.Exercise.show;

import dev.starling.tests.course.Exercise.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the experiments of the notes' chapters 5 and 6 are expected to come to. */
final class Representations {
    private static final String TEST_ACCURACY = "/test/accuracy";
    private static final String LARGEST = "/singularValues/0";

    static final List<Exercise> ALL = List.of(
            separated("autoencoder-banknote"),
            new Exercise(
                    "few-relevant", "a line tells at least 0.9 by the code, components beside it", (courses, run) -> {
                        double[] found = accuracies(courses, run);
                        return new Finding(show(found), found[0] >= 0.9);
                    }),
            atMost("autoencoder-overcomplete", "/test/mse", 0.01),
            new Exercise(
                    "autoencoder-sparse", "mean activation between 0.03 and 0.1, asked for 0.05", (courses, run) -> {
                        double found = courses.inspected(run, "code", "/activation/mean");
                        return new Finding(show(found), found > 0.03 && found < 0.1);
                    }),
            new Exercise(
                    "autoencoder-denoising",
                    "a line tells more digits by the code than by autoencoder-overcomplete's",
                    (courses, run) -> {
                        double[] found = {
                            accuracies(courses, courses.run("autoencoder-overcomplete"))[0], accuracies(courses, run)[0]
                        };
                        return new Finding(show(found), found[1] > found[0]);
                    }),
            new Exercise(
                    "autoencoder-contractive",
                    "largest singular value of the Jacobian below half of autoencoder-overcomplete's",
                    (courses, run) -> {
                        double[] found = {
                            courses.inspected(courses.run("autoencoder-overcomplete"), "code", LARGEST),
                            courses.inspected(run, "code", LARGEST)
                        };
                        return new Finding(show(found), found[1] < found[0] / 2);
                    }),
            atMost("autoencoder-mnist", "/validation/mse", 0.042),
            new Exercise("pseudo-labels", "test accuracy above that of the labels alone, same seed", (courses, run) -> {
                Path alone = courses.run("pseudo-labels", "data.pseudoLabels.nearest=0", "training.epochs=400");
                double[] found = {Courses.value(alone, TEST_ACCURACY), Courses.value(run, TEST_ACCURACY)};
                return new Finding(show(found), found[1] > found[0]);
            }),
            new Exercise("zero-shot", "recall of 3 and of 8, never trained: mean above 0.2", (courses, run) -> {
                double[] found = {
                    Courses.value(run, "/test/classes/3/recall"), Courses.value(run, "/test/classes/8/recall")
                };
                return new Finding(show(found), (found[0] + found[1]) / 2 > 0.2);
            }),
            new Exercise("pretraining", "test accuracy above pretraining-random's, same seed", (courses, run) -> {
                double[] found = {
                    Courses.value(courses.run("pretraining-random"), TEST_ACCURACY), Courses.value(run, TEST_ACCURACY)
                };
                return new Finding(show(found), found[1] > found[0]);
            }),
            new Exercise(
                    "trajectories",
                    "after 32 epochs those with pre-training are nearer to their ends; beside it how far ends lie apart",
                    Representations::ways),
            atLeast("transfer", "/validation/accuracy", 0.97),
            between("drift-before", TEST_ACCURACY, 0.78, 0.87),
            new Exercise("drift-refresh", "test accuracy above drift-before's and drift-scratch's", (courses, run) -> {
                double[] found = {
                    Courses.value(courses.run("drift-before"), TEST_ACCURACY),
                    Courses.value(courses.run("drift-scratch"), TEST_ACCURACY),
                    Courses.value(run, TEST_ACCURACY)
                };
                return new Finding(show(found), found[2] > Math.max(found[0], found[1]));
            }));

    private Representations() {}

    private static Exercise separated(String name) {
        return new Exercise(name, "a line tells more classes by the code than by two components", (courses, run) -> {
            double[] found = accuracies(courses, run);
            return new Finding(show(found), found[0] > found[1]);
        });
    }

    /** Of a linear classifier on codes, and on as many principal components, ten at most. */
    private static double[] accuracies(Courses courses, Path run) {
        return new double[] {
            courses.inspected(run, "code", "/linearClassifier/codeAccuracy"),
            courses.inspected(run, "code", "/linearClassifier/pcaAccuracy")
        };
    }

    /** In the plane of the picture, without and with pre-training: mean distance of the 32nd epoch to the last one, and of the last ones to their centre. */
    private static Finding ways(Courses courses, Path run) {
        double[] left = new double[2];
        double[] apart = new double[2];
        for (int i = 0; i < 2; i++) {
            String kind = "pretraining.epochs=" + (i == 0 ? 0 : 50);
            double[][] ends = stops(run, kind, 128);
            left[i] = distance(stops(run, kind, 32), ends);
            apart[i] = distance(ends, new double[][] {centre(ends)});
        }
        return new Finding(show(left) + "; " + show(apart), left[1] < left[0]);
    }

    /** Where the trainings of a kind were, in the order of their seeds. */
    private static double[][] stops(Path run, String kind, int epochs) {
        try (Stream<String> lines = Files.lines(run.resolve("figures/trajectories.csv"))) {
            return lines.map(line -> line.replace("\"", "").split(",", -1))
                    .filter(cells -> cells[1].equals(kind) && cells[2].equals("" + epochs))
                    .map(cells -> new double[] {Double.parseDouble(cells[3]), Double.parseDouble(cells[4])})
                    .toArray(double[][]::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double[] centre(double[][] points) {
        double[] centre = new double[2];
        for (double[] point : points) {
            centre[0] += point[0] / points.length;
            centre[1] += point[1] / points.length;
        }
        return centre;
    }

    /** Mean over pairs; the last of {@code to} stands for all that follow. */
    private static double distance(double[][] from, double[][] to) {
        double sum = 0;
        for (int i = 0; i < from.length; i++) {
            double[] other = to[Math.min(i, to.length - 1)];
            sum += Math.hypot(from[i][0] - other[0], from[i][1] - other[1]) / from.length;
        }
        return sum;
    }
}
