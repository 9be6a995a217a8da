package dev.starling.tests.learning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.driver.data.DataPipeline;
import dev.starling.driver.data.PreparedData;
import dev.starling.driver.evaluation.Codes;
import dev.starling.jobs.experiment.Experiment;
import dev.starling.tests.LocalSpark;
import dev.starling.tests.Trial;
import dev.starling.worker.data.Split;
import dev.starling.worker.inspection.Encoder;
import dev.starling.worker.inspection.LinearClassifier;
import dev.starling.worker.inspection.PrincipalComponents;
import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Figure 1.6: the two-unit code of banknotes separates forged from genuine ones better, by a straight line, than their first two principal components. */
@ExtendWith(LocalSpark.class)
class BanknoteCodeTest {
    private final JavaSparkContext spark;

    BanknoteCodeTest(JavaSparkContext spark) {
        this.spark = spark;
    }

    private boolean codeIsBetter(int seed) {
        try (Trial trial = Trial.ofConf(spark, "course/autoencoder-banknote", "seed=" + seed)) {
            Experiment experiment = trial.experiment();
            float[] parameters = trial.train(2).parameters();
            Encoder encoder = Encoder.upTo(trial.network(), parameters, "code");
            try (PreparedData labelled = DataPipeline.labelled(
                    spark,
                    experiment.data(),
                    experiment.loss(),
                    experiment.seed(),
                    trial.data().preparation())) {
                Codes train = Codes.of(spark, labelled, encoder, Split.TRAIN, 10_000);
                Codes test = Codes.of(spark, labelled, encoder, Split.TEST, 10_000);
                PrincipalComponents components = PrincipalComponents.fit(train.features(), 4, 2);
                double code =
                        LinearClassifier.fit(train.codes(), train.classes(), 2).accuracy(test.codes(), test.classes());
                double pca = LinearClassifier.fit(components.project(train.features()), train.classes(), 2)
                        .accuracy(components.project(test.features()), test.classes());
                System.out.printf(Locale.ROOT, "banknote seed %d: code %.4f pca %.4f%n", seed, code, pca);
                return code > pca;
            }
        }
    }

    @Test
    void theCodeSeparatesBetterThanTwoPrincipalComponentsInTwoOfThreeSeeds() {
        assertThat(better(3)).isGreaterThanOrEqualTo(2);
    }

    @Test
    @Tag("full")
    void theCodeSeparatesBetterThanTwoPrincipalComponentsInEightOfTenSeeds() {
        assertThat(better(10)).isGreaterThanOrEqualTo(8);
    }

    private int better(int seeds) {
        int better = 0;
        for (int seed = 1; seed <= seeds; seed++) {
            better += codeIsBetter(seed) ? 1 : 0;
        }
        return better;
    }
}
