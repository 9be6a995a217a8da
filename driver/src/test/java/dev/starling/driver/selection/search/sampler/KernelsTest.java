package dev.starling.driver.selection.search.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.driver.selection.search.space.Choice;
import dev.starling.driver.selection.search.space.Dimension;
import dev.starling.driver.selection.search.space.Parameter;
import dev.starling.driver.selection.search.space.Point;
import dev.starling.driver.selection.search.space.Setting;
import dev.starling.driver.selection.search.space.Space;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelsTest {
    private static final Dimension UNIT = new Dimension.Uniform(0, 1, OptionalDouble.empty());
    private static final Dimension STEPS = new Dimension.Whole(1, 20, 1, false);

    @ParameterizedTest
    @ValueSource(doubles = {-8, -2, -0.3, 0, 0.1, 1, 3, 6, 12})
    void theMassAboveIsThatOfTheNormalDistribution(double z) {
        double exact = new NormalDistribution().cumulativeProbability(-z);

        assertThat(Normal.above(z)).isCloseTo(exact, within(2e-7 * exact + 1e-300));
    }

    private static Space space(Dimension dimension) {
        return new Space(List.of(new Parameter("p", dimension)));
    }

    private static ParzenMixture mixture(Space space, List<Setting> settings) {
        List<Point> points =
                settings.stream().map(s -> new Point(Map.of("p", s))).toList();
        return ParzenMixture.of(space.groups().get(0), points);
    }

    @Test
    void aContinuousDensityHasMassOne() {
        List<Setting> settings = List.of(new Setting.Real(0.05), new Setting.Real(0.5), new Setting.Real(0.52));
        ParzenMixture mixture = mixture(space(UNIT), settings);
        double sum = 0;
        for (int i = 0; i < 20_000; i++) {
            sum += Math.exp(mixture.logDensity(List.of(new Setting.Real((i + 0.5) / 20_000)))) / 20_000;
        }

        assertThat(sum).isCloseTo(1, within(1e-4));
    }

    @Test
    void drawsComeAsOftenAsTheDensitySays() {
        Choice words = new Choice(List.of(
                new Choice.Option("a", "a", List.of()),
                new Choice.Option("b", "b", List.of()),
                new Choice.Option("c", "c", List.of())));
        assertDrawnAsDense(words, 3, List.of(words.level(0), words.level(0), words.level(2)));
        assertDrawnAsDense(STEPS, 20, List.of(new Setting.Whole(3), new Setting.Whole(4), new Setting.Whole(20)));
    }

    private static void assertDrawnAsDense(Dimension dimension, int levels, List<Setting> settings) {
        ParzenMixture mixture = mixture(space(dimension), settings);
        SplittableRandom random = new SplittableRandom(1);
        int draws = 100_000;
        int[] counts = new int[levels];
        for (int i = 0; i < draws; i++) {
            Setting drawn = mixture.draw(random).get(0);
            counts[(int) (dimension.cell(drawn).centre() * levels)]++;
        }
        double all = 0;
        for (int i = 0; i < levels; i++) {
            all += Math.exp(mixture.logDensity(List.of(dimension.level(i))));
        }
        for (int i = 0; i < levels; i++) {
            double share = Math.exp(mixture.logDensity(List.of(dimension.level(i)))) / all;
            double error = Math.sqrt(share * (1 - share) / draws);
            assertThat((double) counts[i] / draws).isCloseTo(share, within(5 * error));
        }
    }
}
