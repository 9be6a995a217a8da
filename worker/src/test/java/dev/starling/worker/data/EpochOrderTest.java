package dev.starling.worker.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EpochOrderTest {
    @Test
    void holdsEveryRowOnce() {
        for (int rows : new int[] {0, 1, 2, 1000}) {
            int[] order = EpochOrder.shuffled(rows, 5);
            Arrays.sort(order);
            assertThat(order).containsExactly(IntStream.range(0, rows).toArray());
        }
    }

    @Test
    void dependsOnTheSeedAlone() {
        assertThat(EpochOrder.shuffled(100, 5)).containsExactly(EpochOrder.shuffled(100, 5));
        assertThat(EpochOrder.shuffled(100, 5)).isNotEqualTo(EpochOrder.shuffled(100, 6));
    }

    /** All 24 orders of four rows within five standard deviations of their share. */
    @Test
    void givesEveryOrderEquallyOften() {
        int[] counts = new int[256];
        int draws = 240_000;
        for (int seed = 0; seed < draws; seed++) {
            int[] order = EpochOrder.shuffled(4, Seeds.derive(seed, Seeds.Purpose.SHUFFLE));
            counts[order[0] << 6 | order[1] << 4 | order[2] << 2 | order[3]]++;
        }
        int[] seen = Arrays.stream(counts).filter(count -> count > 0).toArray();
        assertThat(seen).hasSize(24);
        assertThat(Arrays.stream(seen)).allSatisfy(count -> assertThat(count).isBetween(9_500, 10_500));
    }
}
