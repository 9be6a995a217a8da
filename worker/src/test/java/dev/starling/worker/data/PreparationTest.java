package dev.starling.worker.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.worker.network.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreparationTest {
    private static List<Feature> numbers(int count) {
        List<Feature> features = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            features.add(new Feature.Numeric("n" + i, 0, 1, Double.NaN));
        }
        return features;
    }

    private static RawBlock block(double[] numbers, int[] codes, String[]... dictionaries) {
        return new RawBlock(0, 1, numbers, new byte[0], codes, dictionaries);
    }

    private static float[] encode(Preparation preparation, RawBlock block) {
        float[] into = new float[preparation.width() + 1];
        preparation.encode(block, 0, into, 1);
        assertThat(into[0]).isZero();
        return java.util.Arrays.copyOfRange(into, 1, into.length);
    }

    @Test
    void scalesNumbersFillsMissingOnesAndEncodesCategories() {
        Preparation preparation = new Preparation(
                new Shape.Flat(5),
                List.of(
                        new Feature.Numeric("a", 10, 4, 12),
                        new Feature.Categorical("job", List.of("cook", "smith", "tailor")),
                        new Feature.Numeric("b", 0, 2, 7)),
                new Target.Classes(List.of("no", "yes")));
        String[] jobs = {"king", "smith"};
        String[] answers = {"yes", "no"};
        assertThat(encode(preparation, block(new double[] {20, Double.NaN}, new int[] {1, 0}, jobs, answers)))
                .containsExactly(2.5f, 0, 1, 0, 3.5f, 1);
        assertThat(encode(preparation, block(new double[] {20, 1}, new int[] {0, 1}, jobs, answers)))
                .containsExactly(2.5f, 0, 0, 0, 0.5f, 0);
        assertThat(encode(preparation, block(new double[] {Double.NaN, 1}, new int[] {-1, 1}, jobs, answers)))
                .containsExactly(0.5f, 0, 0, 0, 0.5f, 0);
    }

    @Test
    void readsBytesAsUnsigned() {
        Preparation preparation = new Preparation(
                new Shape.Flat(2),
                List.of(new Feature.Numeric("0", 0, 255, 0), new Feature.Numeric("1", 0, 255, 0)),
                new Target.Input());
        RawBlock block = new RawBlock(0, 1, new double[0], new byte[] {(byte) 255, 51}, new int[0], new String[0][]);
        assertThat(encode(preparation, block)).containsExactly(1, 0.2f);
    }

    @Test
    void putsChannelsFirst() {
        RawBlock block = block(new double[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, new int[0]);
        Preparation image = new Preparation(new Shape.Image(2, 3, 2), numbers(12), new Target.Input());
        assertThat(encode(image, block)).containsExactly(0, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9, 11);
        Preparation sequence = new Preparation(new Shape.Sequence(4, 3), numbers(12), new Target.Input());
        assertThat(encode(sequence, block)).containsExactly(0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11);
        Preparation gray = new Preparation(new Shape.Image(3, 4, 1), numbers(12), new Target.Input());
        assertThat(encode(gray, block)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    }

    @Test
    void scalesTargets() {
        Preparation preparation = new Preparation(
                new Shape.Flat(1),
                numbers(1),
                new Target.Values(List.of("y", "z"), List.of(1.0, 0.0), List.of(2.0, 10.0)));
        assertThat(encode(preparation, block(new double[] {7, 5, 5}, new int[0])))
                .containsExactly(7, 2, 0.5f);
    }

    @Test
    void refusesAShapeThatTheFeaturesDoNotFill() {
        assertThatThrownBy(() -> new Preparation(new Shape.Flat(3), numbers(2), new Target.Input()))
                .hasMessage("Cannot prepare examples: the features give 2 numbers (expected 3, the size of [3])");
    }

    @Test
    void refusesAClassThatItDoesNotKnow() {
        Preparation preparation = new Preparation(new Shape.Flat(1), numbers(1), new Target.Classes(List.of("a", "b")));
        assertThatThrownBy(() -> encode(preparation, block(new double[] {1}, new int[] {0}, new String[] {"c"})))
                .hasMessageContaining("its class is c");
    }

    @Test
    void multipliesNumbersAsTheyAreAfterScaling() {
        Preparation preparation = new Preparation(
                new Shape.Flat(4),
                List.of(
                        new Feature.Numeric("a", 1, 2, Double.NaN),
                        new Feature.Numeric("b", 0, 10, Double.NaN),
                        Feature.Product.of(List.of("a", "b"), List.of(0, 1)),
                        Feature.Product.of(List.of("a", "a", "a"), List.of(0, 0, 0))),
                new Target.Values(List.of("y"), List.of(0.0), List.of(1.0)));

        assertThat(preparation.features().get(3).name()).isEqualTo("a*a*a");
        assertThat(encode(preparation, block(new double[] {7, 5, 99}, new int[0])))
                .containsExactly(3, 0.5f, 1.5f, 27, 99);
    }

    @Test
    void aProductOfWhatIsNoNumberIsNone() {
        List<Feature> features = List.of(
                new Feature.Categorical("job", List.of("cook")),
                Feature.Product.of(List.of("job", "job"), List.of(0, 0)));

        assertThatThrownBy(() -> new Preparation(new Shape.Flat(2), features, new Target.Input()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("factors are not all numbers");
    }
}
