package dev.starling.worker.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermutationTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 15, 16, 17, 1000, 4096, 65_537})
    void reachesEveryNumberOnce(int size) {
        Permutation permutation = new Permutation(size, 99);
        BitSet reached = new BitSet();
        for (int i = 0; i < size; i++) {
            reached.set((int) permutation.apply(i));
        }
        assertThat(reached.cardinality()).isEqualTo(size);
        assertThat(reached.length()).isEqualTo(size);
    }

    @Test
    void seedsGiveDifferentPermutationsThatDoNotFollowTheOrder() {
        int size = 10_000;
        Permutation one = new Permutation(size, 1);
        Permutation two = new Permutation(size, 2);
        int same = 0;
        double products = 0;
        double centre = (size - 1) / 2.0;
        for (int i = 0; i < size; i++) {
            same += one.apply(i) == two.apply(i) ? 1 : 0;
            products += (i - centre) * (one.apply(i) - centre);
        }
        double correlation = products / (size * ((double) size * size - 1) / 12);
        assertThat(same).isLessThan(10);
        assertThat(correlation).isCloseTo(0, within(4 / Math.sqrt(size)));
    }

    @Test
    void refusesNumbersOutside() {
        assertThatThrownBy(() -> new Permutation(3, 1).apply(3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> new Permutation(-1, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
