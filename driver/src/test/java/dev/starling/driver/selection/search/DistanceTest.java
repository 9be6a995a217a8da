package dev.starling.driver.selection.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.driver.selection.search.space.Choice;
import dev.starling.driver.selection.search.space.Dimension;
import dev.starling.driver.selection.search.space.Distance;
import dev.starling.driver.selection.search.space.Parameter;
import dev.starling.driver.selection.search.space.Point;
import dev.starling.driver.selection.search.space.Space;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DistanceTest {
    private static final Space SPACE = new Space(List.of(
            new Parameter("rate", new Dimension.LogUniform(1e-4, 1)),
            new Parameter(
                    "optimizer",
                    new Choice(List.of(
                            new Choice.Option("sgd", "sgd", List.of(Parameter.uniform("momentum", 0, 1))),
                            new Choice.Option("adam", "adam", List.of()),
                            new Choice.Option("rmsprop", "rmsprop", List.of()))))));

    private static Point point(String rate, String optimizer, String momentum) {
        return SPACE.parse(Map.of("rate", rate, "optimizer", optimizer, "momentum", momentum));
    }

    private static double squared(Point one, Point other) {
        Distance distance = new Distance(SPACE);
        return distance.squared(distance.place(one), distance.place(other));
    }

    @Test
    void rangesCountByTheirShareAndOptionsAreEquallyFar() {
        assertThat(squared(point("0.01", "sgd", "0.5"), point("0.01", "sgd", "0.5")))
                .isZero();
        assertThat(squared(point("0.01", "sgd", "0.5"), point("1", "sgd", "0.25")))
                .isEqualTo(0.25 + 0.0625, within(1e-12));
        assertThat(squared(point("0.01", "adam", ""), point("0.01", "rmsprop", "")))
                .isEqualTo(1);
    }

    @Test
    void aParameterThatOnlyOneHasCountsAsFar() {
        assertThat(squared(point("0.01", "sgd", "0.5"), point("0.01", "adam", "")))
                .isEqualTo(2);
    }
}
