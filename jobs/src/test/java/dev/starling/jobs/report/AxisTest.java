package dev.starling.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AxisTest {
    @Test
    void ticksAreRoundAndHoldTheValues() {
        Axis axis = Axis.over(0.13, 0.97, 5, false);
        assertThat(axis.ticks().stream().map(axis::label)).containsExactly("0.0", "0.2", "0.4", "0.6", "0.8", "1.0");
        assertThat(axis.place(0)).isZero();
        assertThat(axis.place(1)).isEqualTo(1);
    }

    @Test
    void epochsAreWhole() {
        Axis axis = Axis.over(1, 3, 8, true);
        assertThat(axis.ticks().stream().map(axis::label)).containsExactly("1", "2", "3");
    }

    @Test
    void oneValueStillHasAnAxis() {
        assertThat(Axis.over(1, 1, 8, true).ticks()).containsExactly(1.0, 2.0);
        Axis zero = Axis.over(0, 0, 5, false);
        assertThat(zero.place(0)).isBetween(0.0, 1.0);
        assertThat(zero.to()).isGreaterThan(zero.from());
    }

    @Test
    void smallAndLargeNumbersAreLabelledByTheirStep() {
        Axis small = Axis.over(0.0012, 0.0031, 5, false);
        assertThat(small.label(small.ticks().get(0))).isEqualTo("0.0010");
        Axis large = Axis.over(1200, 9800, 5, false);
        assertThat(large.label(large.ticks().get(1))).isEqualTo("2000");
    }
}
