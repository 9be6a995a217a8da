package dev.starling.jobs.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrajectoriesFigureTest {
    /** Two trainings that go the same way apart, and two that stay where they are; what is said lies in a plane of three dimensions. */
    private static List<TrialOutputs> trials() {
        List<TrialOutputs> trials = new ArrayList<>();
        for (int epochs : List.of(8, 2, 4)) {
            for (int seed = 1; seed <= 2; seed++) {
                int side = seed == 1 ? 1 : -1;
                trials.add(new TrialOutputs(
                        List.of("seed=" + seed, "network.wide=true", "training.epochs=" + epochs),
                        new float[] {side * epochs, 0, 1}));
                trials.add(new TrialOutputs(
                        List.of("seed=" + seed, "network.wide=false", "training.epochs=" + epochs),
                        new float[] {0, side, 1}));
            }
        }
        return trials;
    }

    @Test
    void aTrainingIsAPathInTheOrderOfItsEpochs() {
        List<String> lines = TrajectoriesFigure.of("trajectories", trials())
                .csv()
                .orElseThrow()
                .lines()
                .toList();

        assertThat(lines).hasSize(1 + 12).startsWith("training,kind,epochs,x,y");
        for (int i = 0; i < 3; i++) {
            String[] cells = lines.get(4 + i).split(",", -1);
            assertThat(cells).startsWith("\"seed=1 network.wide=true\"", "\"network.wide=true\"", "" + (2 << i));
            assertThat(Double.parseDouble(cells[3])).isCloseTo(2 << i, within(1e-5));
            assertThat(Double.parseDouble(cells[4])).isCloseTo(0, within(1e-5));
        }
        String[] cells = lines.get(7).split(",", -1);
        assertThat(cells).startsWith("\"seed=2 network.wide=false\"", "\"network.wide=false\"", "2");
        assertThat(Double.parseDouble(cells[4])).isCloseTo(-1, within(1e-5));
    }

    @Test
    void kindsHaveAColourEachAndTrainingsTheLighterOneOfTheirKind() {
        BufferedImage image =
                Pictures.read(TrajectoriesFigure.of("trajectories", trials()).png());

        for (int kind = 0; kind < 2; kind++) {
            assertThat(Pictures.count(image, Chart.color(kind))).isGreaterThan(20);
        }
        assertThat(Pictures.count(image, Chart.light(Chart.color(1), 0.6))).isGreaterThan(50);
    }
}
