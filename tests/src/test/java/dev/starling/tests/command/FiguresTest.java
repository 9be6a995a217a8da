package dev.starling.tests.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.tests.Result;
import dev.starling.tests.Shell;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures that an experiment asks for, from its key to files in the run and to the report. */
class FiguresTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        Points.write(folder);
    }

    private Result train(String figures, String... more) {
        List<String> args = new ArrayList<>(List.of(
                "train",
                "points.yaml",
                "--master",
                "local[2]",
                "--set",
                "training.epochs=2",
                "--set",
                "report.figures=" + figures));
        for (String override : more) {
            args.addAll(List.of("--set", override));
        }
        return new Shell(folder, Map.of()).run(args.toArray(String[]::new));
    }

    private static BufferedImage picture(Path run, String name) throws IOException {
        return ImageIO.read(run.resolve("figures/" + name + ".png").toFile());
    }

    @Test
    void liesInTheRunAndInsideItsReport() throws IOException {
        Result trained = train("[curves, boundary, {codes: {layer: dense_1, pca: true}}]");

        assertThat(trained.status()).as(trained.err()).isZero();
        Path run = Path.of(trained.lastLine());
        assertThat(picture(run, "curves").getWidth()).isGreaterThanOrEqualTo(640);
        // The plane is painted: most of the picture is not white.
        BufferedImage boundary = picture(run, "boundary");
        long white = 0;
        for (int i = 0; i < boundary.getWidth() * boundary.getHeight(); i++) {
            white += (boundary.getRGB(i % boundary.getWidth(), i / boundary.getWidth()) & 0xffffff) == 0xffffff ? 1 : 0;
        }
        assertThat(white).isLessThan(boundary.getWidth() * boundary.getHeight() / 2);
        assertThat(picture(run, "codes-dense_1").getWidth())
                .as("beside principal components")
                .isEqualTo(2 * 640);
        assertThat(Files.readString(run.resolve("report.html")))
                .contains("<img alt=\"boundary\"", "<img alt=\"codes-dense_1\"", "<img alt=\"curves\"");
    }

    @Test
    void withoutTheKeyThereAreNone() {
        Result trained = train("[]");

        assertThat(trained.status()).as(trained.err()).isZero();
        assertThat(Path.of(trained.lastLine(), "figures")).doesNotExist();
    }

    @Test
    void whatCannotBeDrawnIsToldBeforeTrainingAndNothingIsStored() {
        Result refused = train("[line, {codes: hidden}, {images: 5}, trajectories]");

        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.problems())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .isEqualTo(
                                        "Cannot draw figure line: the network has 2 inputs, and its target is no number (expected one number, and a number as the target)"),
                        codes -> assertThat(codes)
                                .startsWith(
                                        "Cannot draw figure codes-hidden: there is no layer hidden (expected one of dense_1, "),
                        images -> assertThat(images)
                                .isEqualTo(
                                        "Cannot draw figure images: the input has shape [2] (expected [height, width, channels])"),
                        trajectories -> assertThat(trajectories)
                                .isEqualTo(
                                        "Cannot draw figure trajectories: it is drawn of many trainings (expected the command sweep)"));
        assertThat(refused.err()).doesNotContain("epoch");
        assertThat(new Shell(folder, Map.of()).stored("runs")).isEmpty();
    }

    @Test
    void figuresThatNobodyKnowsAreWrongInput() {
        Result refused = train("[curvs, curves, curves]");

        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.problems())
                .anySatisfy(p -> assertThat(p).contains("report.figures[0]", "curvs", "the nearest is curves"))
                .anySatisfy(p -> assertThat(p).contains("report.figures[2]: curves twice (expected each figure once)"));
    }

    @Test
    void productsOfInputsAreLearnedStoredAndDrawn() throws IOException {
        Result trained = train("[boundary]", "data.products=[[x, x], [y, y], [x, y]]");

        assertThat(trained.status()).as(trained.err()).isZero();
        Path run = Path.of(trained.lastLine());
        assertThat(trained.err()).contains("; 66 parameters;");
        assertThat(Files.readString(run.resolve("preprocessing.json"))).contains("\"x*y\"");
        assertThat(picture(run, "boundary").getWidth()).isEqualTo(640);
        Result evaluated = new Shell(folder, Map.of()).run("evaluate", run.toString(), "--master", "local[2]");
        assertThat(evaluated.status()).as(evaluated.err()).isZero();

        Result refused = train("[]", "data.products=[[x, z]]");
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.problems())
                .containsExactly("Cannot multiply 'z' for data.products: it is no numeric input (expected x, y)");
    }

    private Result sweep(String space) {
        return new Shell(folder, Map.of())
                .run(
                        "sweep",
                        "points.yaml",
                        "--master",
                        "local[2]",
                        "--set",
                        "report.figures=[trajectories]",
                        "--set",
                        "sweep={search: grid, objective: {minimize: validation.loss}, space: " + space + "}");
    }

    @Test
    void trialsOfMoreAndMoreEpochsAreTheWayOfATraining() throws IOException {
        Result swept = sweep("{seed: {choice: [1, 2]}, training.epochs: {choice: [1, 2, 4]}}");

        assertThat(swept.status()).as(swept.err()).isZero();
        Path run = Path.of(swept.lastLine());
        assertThat(Files.readAllLines(run.resolve("figures/trajectories.csv"))).hasSize(1 + 6);
        assertThat(picture(run, "trajectories").getWidth()).isEqualTo(640);
        assertThat(Files.readAllLines(run.resolve("trials/5/outputs.csv")))
                .as("a line for each of the validation rows")
                .hasSize(16)
                .allSatisfy(line -> assertThat(line.split(",", -1)).hasSize(2));
    }

    @Test
    void aSweepOfTrainingsOfOneLengthHasNoTrajectories() {
        Result refused = sweep("{training.batchSize: {choice: [4, 8]}}");

        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.problems())
                .containsExactly(
                        "Cannot draw figure trajectories: the sweep has no training.epochs in its space (expected trials of several numbers of epochs, measured on validation rows)");
        assertThat(new Shell(folder, Map.of()).stored("runs")).isEmpty();
    }
}
