package dev.starling.driver.selection.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.worker.InvalidInput;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SpaceTest {
    private static final Dimension TENTHS = new Dimension.Uniform(0.1, 0.7, OptionalDouble.of(0.1));
    private static final Dimension SIZES = new Dimension.Whole(16, 64, 16, false);
    private static final Dimension MAGNITUDES = new Dimension.Whole(1, 1000, 1, true);
    private static final Dimension RATES = new Dimension.LogUniform(1e-4, 1e-1);
    private static final Dimension SHARES = new Dimension.Uniform(-1, 3, OptionalDouble.empty());
    private static final Dimension WORDS = words("a", "b", "c");

    private static Choice words(String... words) {
        return new Choice(List.of(words).stream()
                .map(w -> new Choice.Option(w, w, List.of()))
                .toList());
    }

    static List<Dimension> dimensions() {
        return List.of(TENTHS, SIZES, MAGNITUDES, RATES, SHARES, WORDS);
    }

    @ParameterizedTest
    @MethodSource("dimensions")
    void everyPlaceOfTheUnitIntervalLiesInTheCellOfItsValue(Dimension dimension) {
        for (int i = 0; i <= 1000; i++) {
            double unit = i / 1000.0;
            Setting value = dimension.at(unit);
            Cell cell = dimension.cell(value);
            assertThat(unit).isBetween(cell.low() - 1e-9, cell.high() + 1e-9);
            assertThat(dimension.at(cell.centre()).label().substring(0, 1))
                    .isEqualTo(value.label().substring(0, 1));
            assertThat(dimension.parse(value.label())).contains(value);
        }
    }

    @Test
    void theEndsOfARangeAreItsFirstAndLastValue() {
        assertThat(List.of(TENTHS.at(0), TENTHS.at(1))).containsExactly(real(0.1), real(0.7));
        assertThat(List.of(SIZES.at(0), SIZES.at(1))).containsExactly(whole(16), whole(64));
        assertThat(List.of(MAGNITUDES.at(0), MAGNITUDES.at(1))).containsExactly(whole(1), whole(1000));
        assertThat(List.of(RATES.at(0), RATES.at(1))).containsExactly(real(1e-4), real(1e-1));
        assertThat(List.of(SHARES.at(0), SHARES.at(1))).containsExactly(real(-1), real(3));
    }

    @Test
    void stepsAreDecimal() {
        assertThat(TENTHS.levels()).contains(BigInteger.valueOf(7));
        assertThat(List.of(TENTHS.level(2), TENTHS.level(6))).containsExactly(real(0.3), real(0.7));
    }

    @Test
    void logarithmsGiveEveryOrderOfMagnitudeTheSameRoom() {
        assertThat(((Setting.Real) RATES.at(1.0 / 3)).value()).isCloseTo(1e-3, Offset.offset(1e-12));
        Cell one = MAGNITUDES.cell(whole(1));
        assertThat(one.high() - one.low())
                .isEqualTo(Math.log(1.5 / 0.5) / Math.log(1000.5 / 0.5), Offset.offset(1e-12));
    }

    @Test
    void valuesOutsideARangeAreNoneOfIt() {
        assertThat(TENTHS.parse("0.25")).isEmpty();
        assertThat(TENTHS.parse("0.8")).isEmpty();
        assertThat(SIZES.parse("24")).isEmpty();
        assertThat(SIZES.parse("32.5")).isEmpty();
        assertThat(RATES.parse("0.2")).isEmpty();
        assertThat(WORDS.parse("d")).isEmpty();
        // As an experiment that was written out again tells it.
        Choice rates = new Choice(List.of(
                new Choice.Option("{sgd: {learningRate: 1e30}}", "a", List.of()),
                new Choice.Option("1", "1", List.of())));
        assertThat(rates.parse("{sgd: {learningRate: 1.0E30}}")).contains(rates.level(0));
        assertThat(rates.parse("1.0")).contains(rates.level(1));
        assertThat(rates.parse("{sgd: {learningRate: 1.0E31}}")).isEmpty();
        assertThat(rates.parse("layer1")).isEmpty();
        assertThat(SHARES.parse("x")).isEmpty();
    }

    @Test
    void rangesThatAreNoneAreRefused() {
        assertThat(Dimension.Uniform.flaw(2, 1, OptionalDouble.empty()))
                .contains(new Flaw("uniform [2, 1]", "[low, high] with low below high"));
        assertThat(Dimension.Uniform.flaw(1, 2, OptionalDouble.of(0)))
                .contains(new Flaw("uniform [1, 2] in steps of 0", "a step above 0"));
        assertThat(Dimension.LogUniform.flaw(0, 1)).contains(new Flaw("logUniform [0, 1]", "bounds above 0"));
        assertThat(Dimension.Whole.flaw(5, 5, 1, false))
                .contains(new Flaw("integer [5, 5]", "[low, high] with low below high"));
        assertThat(Dimension.Whole.flaw(0, 5, 1, true))
                .contains(new Flaw("integer [0, 5] with log", "bounds of at least 1"));
        assertThat(Dimension.Whole.flaw(1, 5, 2, true))
                .contains(new Flaw("integer [1, 5] in steps of 2", "no step beside log"));
        assertThatThrownBy(() -> words("a", "a"))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("Cannot search choice of a twice (expected every option once)");
    }

    @Test
    void pathsThatLieInEachOtherAreRefusedTogether() {
        List<Parameter> parameters = List.of(
                new Parameter("training.optimizer", WORDS),
                new Parameter("training.optimizer.sgd.learningRate", RATES),
                new Parameter("training.optimizers", WORDS),
                new Parameter("network.layers[1]", WORDS),
                new Parameter("network.layers[1].dense", SIZES),
                new Parameter("network.layers[10].dense", SIZES));

        assertThatThrownBy(() -> new Space(parameters))
                .hasMessage(
                        """
                        Cannot search training.optimizer.sgd.learningRate beside training.optimizer (expected paths that do not lie in each other)
                        Cannot search network.layers[1].dense beside network.layers[1] (expected paths that do not lie in each other)""");
        assertThatThrownBy(() -> new Space(List.of())).hasMessageContaining("an empty space");
    }

    /** 2 words × (adam with 2 rates + sgd) = 6. */
    private static Space conditional() {
        Parameter rate = new Parameter("optimizer.adam.rate", words("low", "high"));
        Choice optimizer = new Choice(List.of(
                new Choice.Option("adam", "{adam: {rate: ~}}", List.of(rate)),
                new Choice.Option("sgd", "sgd", List.of())));
        return new Space(List.of(new Parameter("loss", words("x", "y")), new Parameter("optimizer", optimizer)));
    }

    @Test
    void aGridCountsTheLastParameterFastestAndConditionalOnesWithinTheirOption() {
        Space space = conditional();
        List<String> grid = new ArrayList<>();
        for (int i = 0; i < space.points().orElseThrow().intValueExact(); i++) {
            grid.add(String.join(" ", space.point(i).overrides()));
        }

        assertThat(grid)
                .containsExactly(
                        "loss=x optimizer={adam: {rate: ~}} optimizer.adam.rate=low",
                        "loss=x optimizer={adam: {rate: ~}} optimizer.adam.rate=high",
                        "loss=x optimizer=sgd",
                        "loss=y optimizer={adam: {rate: ~}} optimizer.adam.rate=low",
                        "loss=y optimizer={adam: {rate: ~}} optimizer.adam.rate=high",
                        "loss=y optimizer=sgd");
    }

    @Test
    void groupsExistWhereTheirOptionWasChosen() {
        Space space = conditional();
        Point adam = space.parse(Map.of("loss", "x", "optimizer", "adam", "optimizer.adam.rate", "low"));
        Point sgd = space.parse(Map.of("loss", "x", "optimizer", "sgd"));

        assertThat(space.groups()).hasSize(2);
        assertThat(space.size()).isEqualTo(3);
        assertThat(space.groups().get(1).first()).isEqualTo(2);
        assertThat(space.groups().get(1).existsAt(adam)).isTrue();
        assertThat(space.groups().get(1).existsAt(sgd)).isFalse();
        assertThat(space.groups().get(0).existsAt(sgd)).isTrue();
    }

    @Test
    void aPointWithoutAValueIsNotRead() {
        assertThatThrownBy(() -> conditional().parse(Map.of("loss", "x")))
                .hasMessage("optimizer is null (expected choice [adam, sgd])");
    }

    private static Setting real(double value) {
        return new Setting.Real(value);
    }

    private static Setting whole(long value) {
        return new Setting.Whole(value);
    }
}
