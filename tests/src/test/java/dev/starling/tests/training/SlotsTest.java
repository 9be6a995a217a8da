package dev.starling.tests.training;

import dev.starling.driver.training.TrainedModel;
import dev.starling.tests.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Task slots, and with them the partitions of the data, change nothing. */
class SlotsTest {
    @TempDir
    private static Path folder;

    @BeforeAll
    static void write() throws IOException {
        Sides.write(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reference", "planned"})
    void twoReplicasGiveTheSameBitsOnTwoAndOnSevenSlots(String step) {
        Sides.assertSame(train("local[2]", step), train("local[7]", step));
    }

    private static TrainedModel train(String master, String step) {
        try (JavaSparkContext spark = LocalSpark.start(master)) {
            return Sides.train(spark, folder, 2, "training.step=" + step);
        }
    }
}
