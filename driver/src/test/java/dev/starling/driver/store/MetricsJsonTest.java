package dev.starling.driver.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.worker.data.Split;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MetricsJsonTest {
    @Test
    void isWhatTheContractSays() {
        assertThat(MetricsJson.write(Examples.metrics()))
                .isEqualTo(
                        """
                        {
                          "train" : {
                            "loss" : 0.30000000000000004,
                            "accuracy" : 1.0
                          },
                          "test" : {
                            "loss" : null,
                            "classes" : [ {
                              "name" : "<a>",
                              "precision" : 0.5,
                              "recall" : 1.0,
                              "f1" : 0.6666666666666666,
                              "support" : 1
                            }, {
                              "name" : "b",
                              "precision" : 1.0,
                              "recall" : 0.5,
                              "f1" : 0.6666666666666666,
                              "support" : 2
                            }, {
                              "name" : "c",
                              "precision" : 0.0,
                              "recall" : 0.0,
                              "f1" : 0.0,
                              "support" : 0
                            } ],
                            "confusion" : [ [ 1, 0, 0 ], [ 1, 1, 0 ], [ 0, 0, 0 ] ]
                          },
                          "timing" : {
                            "seconds" : 12.5,
                            "trainingSeconds" : 10.0,
                            "averagingSeconds" : 0.25,
                            "examplesPerSecond" : 4321.0
                          }
                        }
                        """);
    }

    @Test
    void readsTheBitsThatItWrote() {
        assertThat(MetricsJson.parse(MetricsJson.write(Examples.metrics()), "m"))
                .isEqualTo(Examples.metrics());
    }

    @Test
    void hasNoTimingWhereNothingWasTrained() {
        RunMetrics metrics = new RunMetrics(
                new TreeMap<>(
                        Map.of(Split.VALIDATION, new RunMetrics.SplitMetrics(Map.of("loss", 0.5), Optional.empty()))),
                Optional.empty());
        assertThat(MetricsJson.write(metrics)).isEqualTo("{\n  \"validation\" : {\n    \"loss\" : 0.5\n  }\n}\n");
        assertThat(MetricsJson.parse(MetricsJson.write(metrics), "m")).isEqualTo(metrics);
    }
}
