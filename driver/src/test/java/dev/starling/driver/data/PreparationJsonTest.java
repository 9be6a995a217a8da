package dev.starling.driver.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.worker.InvalidInput;
import dev.starling.worker.data.Feature;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.Target;
import dev.starling.worker.network.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PreparationJsonTest {
    private static void roundTrips(Preparation preparation) {
        assertThat(PreparationJson.read(PreparationJson.write(preparation))).isEqualTo(preparation);
    }

    @Test
    void readsTheSameBitsThatWereWritten() {
        Random random = new Random(3);
        List<Feature> features = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            double offset = Double.longBitsToDouble(random.nextLong());
            features.add(new Feature.Numeric(
                    "n" + i,
                    Double.isFinite(offset) ? offset : -0.0,
                    random.nextGaussian(),
                    i % 2 == 0 ? Double.NaN : 0.1));
        }
        roundTrips(new Preparation(new Shape.Flat(1000), features, new Target.Input()));
    }

    @Test
    void keepsShapesCategoriesAndTargets() {
        List<Feature> features = List.of(
                new Feature.Categorical("job \"x\"", List.of("köche", "")),
                new Feature.Numeric("n", 0, 255, Double.NaN));
        roundTrips(new Preparation(new Shape.Sequence(3, 1), features, new Target.Classes(List.of("a", "b"))));
        roundTrips(new Preparation(
                new Shape.Image(1, 1, 3),
                features,
                new Target.Values(List.of("y", "z"), List.of(1.0, 1 / 3.0), List.of(2.0, 1e-300))));
    }

    @Test
    void writesAFormThatStays() {
        Preparation preparation = new Preparation(
                new Shape.Flat(2),
                List.of(new Feature.Numeric("n", 0.5, 2, 0.5), new Feature.Categorical("c", List.of("a"))),
                new Target.Classes(List.of("no", "yes")));
        assertThat(PreparationJson.write(preparation).replaceAll("\\s", ""))
                .isEqualTo("{\"formatVersion\":1,\"input\":[2],\"features\":["
                        + "{\"name\":\"n\",\"offset\":0.5,\"divisor\":2.0,\"mean\":0.5},"
                        + "{\"name\":\"c\",\"categories\":[\"a\"]}],\"target\":{\"classes\":[\"no\",\"yes\"]}}");
    }

    @Test
    void refusesWhatItDidNotWrite() {
        assertThatThrownBy(() -> PreparationJson.read("{\"formatVersion\": 2}"))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("Cannot read a preparation: its formatVersion is 2 (expected 1)");
        assertThatThrownBy(() -> PreparationJson.read("{\"formatVersion\": 1, \"input\": 3}"))
                .hasMessage("Cannot read a preparation: input is 3 (expected an array)");
        assertThatThrownBy(() -> PreparationJson.read("[")).isInstanceOf(InvalidInput.class);
    }
}
