package dev.starling.worker.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NoiseTest {
    private static final int N = 200_000;

    private static double moment(float[] values, int power) {
        double sum = 0;
        for (float v : values) {
            sum += Math.pow(v, power);
        }
        return sum / values.length;
    }

    @Test
    void gaussianMomentsAreWithinFourStandardErrors() {
        float[] values = new float[N];
        Noise.gaussian(5, 0, values, N);
        assertThat(moment(values, 1)).isCloseTo(0, within(4 / Math.sqrt(N)));
        assertThat(moment(values, 2)).isCloseTo(1, within(4 * Math.sqrt(2.0 / N)));
        assertThat(moment(values, 3)).isCloseTo(0, within(4 * Math.sqrt(15.0 / N)));
        assertThat(moment(values, 4)).isCloseTo(3, within(4 * Math.sqrt(96.0 / N)));
    }

    @Test
    void uniformNumbersAreSo() {
        float[] values = new float[N];
        Noise.uniform(5, 0, values, N);
        assertThat(moment(values, 1)).isCloseTo(0.5, within(4 * Math.sqrt(1 / 12.0 / N)));
        assertThat(moment(values, 2)).isCloseTo(1 / 3.0, within(4 * Math.sqrt(4 / 45.0 / N)));
        for (float v : values) {
            assertThat(v >= 0 && v < 1).isTrue();
        }
    }

    @Test
    void neighboursAndLayersAreNotAlike() {
        float[] one = new float[N];
        float[] other = new float[N];
        Noise.gaussian(Noise.ofLayer(5, 0), 0, one, N);
        Noise.gaussian(Noise.ofLayer(5, 1), 0, other, N);
        double product = 0;
        double neighbours = 0;
        for (int i = 1; i < N; i++) {
            product += one[i] * other[i];
            neighbours += one[i] * one[i - 1];
        }
        assertThat(product / N).isCloseTo(0, within(4 / Math.sqrt(N)));
        assertThat(neighbours / N).isCloseTo(0, within(4 / Math.sqrt(N)));
    }

    @Test
    void aNumberDependsOnItsPlaceAndNotOnThePieceItIsDrawnIn() {
        float[] whole = new float[1000];
        float[] piece = new float[101];
        Noise.gaussian(9, 0, whole, 1000);
        Noise.gaussian(9, 500, piece, 101);
        for (int i = 0; i < piece.length; i++) {
            assertThat(piece[i]).isEqualTo(whole[500 + i]);
        }
    }
}
