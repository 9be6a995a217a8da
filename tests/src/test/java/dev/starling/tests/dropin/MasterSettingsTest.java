package dev.starling.tests.dropin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.driver.dl4j.StarlingTrainingMaster;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.gang.TrainingSpec.OptimizerStatePolicy;
import dev.starling.worker.step.StepChoice;
import java.time.Duration;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The master's settings, as text and from its builder. */
class MasterSettingsTest {
    private static final String JSON =
            """
            {
              "workers" : 4,
              "batchSizePerWorker" : 32,
              "averagingFrequency" : 7,
              "updaterState" : "keep",
              "step" : "reference",
              "seed" : 9,
              "peerTimeoutSeconds" : 90.0
            }""";

    @Test
    void jsonHoldsAllSettingsAndIsReadBack() {
        StarlingTrainingMaster master = StarlingTrainingMaster.builder(4, 32)
                .batchSizePerWorker(32)
                .averagingFrequency(7)
                .updaterState(OptimizerStatePolicy.KEEP)
                .step(StepChoice.REFERENCE)
                .rngSeed(9)
                .peerTimeout(Duration.ofSeconds(90))
                .build();
        assertThat(master.toJson()).isEqualTo(JSON);
        assertThat(StarlingTrainingMaster.fromJson(JSON).toJson()).isEqualTo(JSON);
        assertThat(StarlingTrainingMaster.fromYaml(master.toYaml()).toJson()).isEqualTo(JSON);
    }

    @Test
    void whatIsNotGivenHasItsDefault() {
        assertThat(StarlingTrainingMaster.fromJson("{}").toJson())
                .isEqualTo(StarlingTrainingMaster.builder(64).build().toJson())
                .contains("\"batchSizePerWorker\" : 16")
                .contains("\"averagingFrequency\" : 5")
                .contains("\"updaterState\" : \"average\"")
                .contains("\"step\" : \"auto\"")
                .contains("\"peerTimeoutSeconds\" : 60.0")
                .doesNotContain("workers", "seed");
    }

    @Test
    void savingTheUpdaterIsAveragingItAndNotSavingItIsBeginningAnew() {
        assertThat(StarlingTrainingMaster.builder(8).saveUpdater(true).build().toJson())
                .contains("average");
        assertThat(StarlingTrainingMaster.builder(8).saveUpdater(false).build().toJson())
                .contains("reset");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {"worker": 1}              | unknown key worker (expected
            {"averagingFrequency": 0}  | Cannot train with averagingFrequency 0 (expected at least 1)
            {"batchSizePerWorker": "many"} | batchSizePerWorker is "many" (expected a number)
            {"workers": 1.5}           | workers is 1.5 (expected a whole number)
            {"updaterState": "lose"}   | updaterState is "lose" (expected one of [average, keep, reset])
            {"peerTimeoutSeconds": 0}  | Cannot train with peerTimeout PT0S (expected a time above 0)
            [1]                        | ARRAY (expected an object)
            {                          | Cannot read a training master:
            """)
    void wrongTextIsRefusedWithWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> StarlingTrainingMaster.fromJson(text))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(message);
    }

    @Test
    void wrongArgumentsOfTheBuilderAreRefused() {
        assertThatThrownBy(() -> StarlingTrainingMaster.builder(0, 8).build())
                .hasMessage("Cannot train with workers 0 (expected at least 1)");
        assertThatThrownBy(() ->
                        StarlingTrainingMaster.builder(8).batchSizePerWorker(-1).build())
                .hasMessage("Cannot train with batchSizePerWorker -1 (expected at least 1)");
    }

    @Test
    void aWorkerCannotBeHadAlone() {
        StarlingTrainingMaster master = StarlingTrainingMaster.builder(8).build();
        assertThatThrownBy(() -> master.getWorkerInstance((SparkDl4jMultiLayer) null))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage(
                        "Cannot give a worker: Starling's replicas live in one barrier stage (expected a call of fit)");
    }
}
