package dev.starling.driver.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.worker.InvalidInput;
import dev.starling.worker.data.Feature;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.Target;
import dev.starling.worker.network.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreparationJsonTest {
    private static Preparation again(Preparation preparation) {
        return PreparationJson.parse(PreparationJson.write(preparation), "p");
    }

    @Test
    void keepsScalerCategoriesAndClassNames() {
        assertThat(again(Examples.preparation())).isEqualTo(Examples.preparation());
    }

    @Test
    void keepsATargetOfNumbers() {
        Preparation numbers = new Preparation(
                new Shape.Flat(1),
                List.of(new Feature.Numeric("x", 0, 1, 0)),
                new Target.Values(List.of("y", "z"), List.of(0.1, 2.0), List.of(1.0, 1 / 3.0)));
        assertThat(again(numbers)).isEqualTo(numbers);
    }

    @Test
    void keepsAnImageThatIsItsOwnTargetAndHasNoMeans() {
        Preparation image = new Preparation(
                new Shape.Image(1, 2, 1),
                List.of(new Feature.Numeric("0", 0, 255, Double.NaN), new Feature.Numeric("1", 0, 255, Double.NaN)),
                new Target.Input());
        assertThat(PreparationJson.write(image))
                .contains("\"input\" : [ 1, 2, 1 ]")
                .doesNotContain("mean");
        assertThat(again(image)).isEqualTo(image);
    }

    @Test
    void tellsFeaturesThatDoNotFillTheInput() {
        String json = PreparationJson.write(Examples.preparation()).replace("\"input\" : [ 3 ]", "\"input\" : [ 4 ]");
        assertThatThrownBy(() -> PreparationJson.parse(json, "r/preprocessing.json"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("Cannot read r/preprocessing.json: ");
    }

    @Test
    void keepsProducts() {
        Preparation squared = new Preparation(
                new Shape.Flat(2),
                List.of(new Feature.Numeric("x", 0.5, 3, Double.NaN), new Feature.Product("x*x", List.of(0, 0))),
                new Target.Input());
        assertThat(again(squared)).isEqualTo(squared);
    }
}
