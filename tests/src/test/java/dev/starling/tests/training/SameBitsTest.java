package dev.starling.tests.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.driver.training.TrainedModel;
import dev.starling.tests.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seed and number of replicas decide the result, to the last bit. */
@ExtendWith(LocalSpark.class)
class SameBitsTest {
    @TempDir
    private static Path folder;

    @BeforeAll
    static void write() throws IOException {
        Sides.write(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reference", "planned"})
    void theSameSeedGivesTheSameBitsTwiceAndAnotherSeedOthers(String step, JavaSparkContext spark) {
        TrainedModel one = Sides.train(spark, folder, 4, "training.step=" + step);
        Sides.assertSame(one, Sides.train(spark, folder, 4, "training.step=" + step));
        assertThat(one.facts().get("step")).startsWith(step);
        assertThat(one.history()).hasSize(4).allSatisfy(epoch -> {
            assertThat(epoch.train().examples()).isEqualTo(101);
            assertThat(epoch.validation().orElseThrow().examples()).isEqualTo(70);
        });
        assertThat(Sides.train(spark, folder, 4, "training.step=" + step, "seed=8")
                        .parameters())
                .isNotEqualTo(one.parameters());
    }

    @Test
    void theNumberOfReplicasMatters(JavaSparkContext spark) {
        assertThat(Sides.train(spark, folder, 3).parameters())
                .isNotEqualTo(Sides.train(spark, folder, 4).parameters());
    }
}
