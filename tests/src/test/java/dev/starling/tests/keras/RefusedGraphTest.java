package dev.starling.tests.keras;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.driver.keras.KerasFile;
import dev.starling.jobs.keras.KerasImport;
import dev.starling.worker.InvalidInput;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a graph here cannot say is refused with the layer's name and position, before any weight is read. */
class RefusedGraphTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "several | layer 2 (InputLayer other): another input beside one",
                "twice | layer 2 (Dense shared): it is used 2 times",
                "inside | layer 2 (Sequential inner): a model inside the model",
                "read | layer 2 (Dense hidden): the model gives it, and layer dense",
                "product | (Multiply product): no such layer in Starling",
            })
    void itNamesTheLayer(String name, String expected) {
        for (int version = 2; version <= 3; version++) {
            String file = "hostile/graph-" + name + ".keras" + version + ".json";
            assertThatThrownBy(() -> KerasImport.of(
                            KerasFile.open(KerasFixture.bytes(file), file, Optional.of(new byte[0]), "none"),
                            "m",
                            file))
                    .as(file)
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining(expected.strip());
        }
    }
}
