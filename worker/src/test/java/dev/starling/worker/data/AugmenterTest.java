package dev.starling.worker.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.worker.InvalidInput;
import dev.starling.worker.data.Augmentation.Mirror;
import dev.starling.worker.data.Augmenter.Way;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.Shape;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Each way written out on an image of 3 × 3: 1 2 3, 4 5 6, 7 8 9. */
class AugmenterTest {
    private static final float[] IMAGE = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    private static final Offset<Float> ROUNDING = Offset.offset(1e-5f);
    private static final Way NOTHING = new Way(0, 1, 0, 0, false, false);

    private static float[] moved(Way way) {
        return new Augmenter(Augmentation.NONE, new Shape.Image(3, 3, 1)).moved(IMAGE, way);
    }

    @Test
    void withoutChangeAnImageStays() {
        assertThat(moved(NOTHING)).isEqualTo(IMAGE);
    }

    @Test
    void mirrorsExchangeSides() {
        assertThat(moved(new Way(0, 1, 0, 0, true, false))).containsExactly(3, 2, 1, 6, 5, 4, 9, 8, 7);
        assertThat(moved(new Way(0, 1, 0, 0, false, true))).containsExactly(7, 8, 9, 4, 5, 6, 1, 2, 3);
        assertThat(moved(new Way(0, 1, 0, 0, true, true))).containsExactly(9, 8, 7, 6, 5, 4, 3, 2, 1);
    }

    @Test
    void rotationIsCounterClockwiseAboutTheCentre() {
        assertThat(moved(new Way(Math.PI / 2, 1, 0, 0, false, false)))
                .containsExactly(new float[] {3, 6, 9, 2, 5, 8, 1, 4, 7}, ROUNDING);
        assertThat(moved(new Way(Math.PI, 1, 0, 0, false, false)))
                .containsExactly(new float[] {9, 8, 7, 6, 5, 4, 3, 2, 1}, ROUNDING);
    }

    /** By whole pixels, by half ones between which is interpolated, and past the edge. */
    @Test
    void shiftsBringInTheNearestPixelOfTheEdge() {
        assertThat(moved(new Way(0, 1, 1, 0, false, false))).containsExactly(1, 1, 2, 4, 4, 5, 7, 7, 8);
        assertThat(moved(new Way(0, 1, 0, -1, false, false))).containsExactly(4, 5, 6, 7, 8, 9, 7, 8, 9);
        assertThat(moved(new Way(0, 1, 0.5, 0, false, false)))
                .containsExactly(1, 1.5f, 2.5f, 4, 4.5f, 5.5f, 7, 7.5f, 8.5f);
        assertThat(moved(new Way(0, 1, 9, 9, false, false))).containsOnly(1);
    }

    /** At twice the size the corners come from half way between the centre and the old ones. */
    @Test
    void zoomEnlargesAboutTheCentre() {
        assertThat(moved(new Way(0, 2, 0, 0, false, false)))
                .containsExactly(new float[] {3, 3.5f, 4, 4.5f, 5, 5.5f, 6, 6.5f, 7}, ROUNDING);
        assertThat(moved(new Way(0, 0.5, 0, 0, false, false))).containsExactly(IMAGE);
    }

    @Test
    void theMirrorComesFirstThenRotationThenShift() {
        assertThat(moved(new Way(Math.PI / 2, 1, 0, 1, true, false)))
                .containsExactly(new float[] {1, 4, 7, 1, 4, 7, 2, 5, 8}, ROUNDING);
    }

    @Test
    void channelsMoveTogether() {
        float[] two = new float[18];
        for (int i = 0; i < 9; i++) {
            two[i] = IMAGE[i];
            two[9 + i] = 10 * IMAGE[i];
        }
        float[] moved = new Augmenter(Augmentation.NONE, new Shape.Image(3, 3, 2))
                .moved(two, new Way(0.3, 1.2, 0.4, -0.3, true, false));
        for (int i = 0; i < 9; i++) {
            assertThat(moved[9 + i]).isCloseTo(10 * moved[i], Offset.offset(1e-4f));
        }
    }

    private static float[] example(Augmentation augmentation, long seed, int at) {
        FlatVector batch = FlatVector.allocate(36);
        batch.set(at, IMAGE, 0, 9);
        new Augmenter(augmentation, new Shape.Image(3, 3, 1)).move(batch, at, seed);
        float[] moved = new float[9];
        batch.get(at, moved, 0, 9);
        return moved;
    }

    @Test
    void whatBecomesOfAnExampleDependsOnItsSeedAlone() {
        Augmentation all = new Augmentation(30, 0.3, Mirror.BOTH, 0.3, 0);
        assertThat(example(all, 7, 0)).isEqualTo(example(all, 7, 27)).isNotEqualTo(example(all, 8, 0));
    }

    /**
     * Of 4,000 draws half are mirrored. Shifts are uniform in ±1.5 pixels: the middle is then 5 − r − 3d with r and d cut to ±1, and r + 3d > 3.5 has the probability 1/6 · 1/3 + 1/18 · 1/4, and as
     * much below: 556 of 4,000.
     */
    @Test
    void draws() {
        int mirrored = 0;
        int far = 0;
        for (int seed = 0; seed < 4000; seed++) {
            long own = Seeds.derive(1, Seeds.Purpose.AUGMENT, 0, seed);
            mirrored += example(new Augmentation(0, 0, Mirror.HORIZONTAL, 0, 0), own, 0)[0] == 3 ? 1 : 0;
            float[] shifted = example(new Augmentation(0, 0.5, Mirror.NONE, 0, 0), own, 0);
            far += Math.abs(shifted[4] - 5) > 3.5 ? 1 : 0;
        }
        assertThat(mirrored).isBetween(1880, 2120);
        assertThat(far).isBetween(470, 640);
    }

    @Test
    void noiseHasItsStandardDeviationAndMeanZero() {
        int size = 20_001;
        FlatVector values = FlatVector.allocate(size);
        new Augmenter(new Augmentation(0, 0, Mirror.NONE, 0, 0.5), new Shape.Flat(size)).blur(values, 0, 3);
        double sum = 0;
        double squares = 0;
        for (float value : values.toArray()) {
            sum += value;
            squares += value * (double) value;
        }
        double error = 0.5 / Math.sqrt(size);
        assertThat(sum / size).isBetween(-4 * error, 4 * error);
        assertThat(Math.sqrt(squares / size)).isBetween(0.5 - 3 * error, 0.5 + 3 * error);
        assertThat(values.toArray()[size - 1]).isNotZero();
    }

    @Test
    void onlyImagesHavePixelsToMove() {
        assertThatThrownBy(() -> new Augmentation(1, 0, Mirror.NONE, 0, 0).check(new Shape.Flat(4)))
                .isInstanceOf(InvalidInput.class)
                .hasMessage(
                        "Cannot rotate, shift, mirror or zoom inputs of shape [4] (expected [height, width, channels];"
                                + " noise goes with any shape)");
    }
}
