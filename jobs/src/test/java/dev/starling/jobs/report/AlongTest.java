package dev.starling.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class AlongTest {
    @Test
    void ordersOfMagnitudeLieEquallyFarApart() {
        Along axis = Along.Logarithmic.over(2e-4, 0.05);
        assertThat(axis.ticks().stream().map(axis::label)).containsExactly("1e-4", "1e-3", "0.01", "0.1");
        assertThat(axis.place(1e-4)).isZero();
        assertThat(axis.place(1e-3)).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(axis.place(0.1)).isCloseTo(1, within(1e-12));
    }

    @Test
    void aPowerOfTenItselfNeedsNoNextOne() {
        assertThat(Along.Logarithmic.over(0.001, 0.1)).isEqualTo(new Along.Logarithmic(-3, -1));
        assertThat(Along.Logarithmic.over(10, 10)).isEqualTo(new Along.Logarithmic(1, 2));
    }

    @Test
    void manyOrdersHaveFewTicks() {
        assertThat(new Along.Logarithmic(-30, 10).ticks()).hasSizeLessThanOrEqualTo(8);
    }

    @Test
    void namesLieInTheMiddleOfEqualParts() {
        Along names = new Along.Names(List.of("relu", "tanh"));
        assertThat(names.place(0)).isEqualTo(0.25);
        assertThat(names.place(1)).isEqualTo(0.75);
        assertThat(names.ticks().stream().map(names::label)).containsExactly("relu", "tanh");
        assertThat(new Along.Names(List.of("x".repeat(100))).label(0))
                .hasSize(60)
                .endsWith("…");
    }
}
