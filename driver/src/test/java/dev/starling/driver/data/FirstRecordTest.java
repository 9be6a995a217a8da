package dev.starling.driver.data;

import static dev.starling.driver.data.Sources.csv;
import static dev.starling.driver.data.Sources.data;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.driver.data.SourceSpec.Features;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstRecordTest {
    @TempDir
    private Path folder;

    private static Optional<Shape> shape(SourceSpec source) {
        return FirstRecord.inputShape(data(source), Loss.MEAN_SQUARED_ERROR, new Configuration());
    }

    @Test
    void tellsTheNumberOfFeaturesWithoutReadingTheRows() {
        Path file = Sources.write(folder.resolve("a.csv"), "a,b,y\nno,number,here\n");
        assertThat(shape(csv(file, "y"))).contains(new Shape.Flat(2));
    }

    @Test
    void cannotTellWhatCategoriesBecome() {
        Path file = Sources.write(folder.resolve("a.csv"), "a,b,y\n1,2,3\n");
        assertThat(shape(csv(file, ",", false, List.of("y"), new Features.All(), List.of("a"), Sources.NONE_MISSING)))
                .isEmpty();
    }

    @Test
    void namesColumnsThatAreNotThere() {
        Path file = Sources.write(folder.resolve("a.csv"), "a,b,y\n1,2,3\n");
        assertThatThrownBy(() -> shape(csv(file, "z")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("target names column 'z'");
    }
}
