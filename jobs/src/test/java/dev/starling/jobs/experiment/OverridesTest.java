package dev.starling.jobs.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.worker.averaging.AveragingSpec;
import dev.starling.worker.network.Activation;
import dev.starling.worker.network.Dense;
import dev.starling.worker.network.Dropout;
import dev.starling.worker.network.Flatten;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.Penalty;
import dev.starling.worker.network.Weights;
import dev.starling.worker.optimizer.OptimizerSpec;
import dev.starling.worker.optimizer.Schedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverridesTest {
    private static final String LAYERS =
            "{repeat: {times: 2, layers: [{dense: 8}]}}, {dense: 64}, {dropout: {rate: 0.5, name: thin}}, flatten, {flatten: features}";

    private static LayerSpec layer(int index, String override) {
        return Given.layers(LAYERS).set(override).parse().layers().get(index);
    }

    @Test
    void anOverrideReplacesAndCreatesKeys() {
        Experiment experiment = Given.training("epochs: 1")
                .set("training.epochs=3")
                .set("seed = 7")
                .set("cluster.averaging={every: 2}")
                .parse();

        assertThat(experiment.training().epochs()).isEqualTo(3);
        assertThat(experiment.seed()).isEqualTo(7);
        assertThat(experiment.training().averaging()).isEqualTo(new AveragingSpec.Every(2));
    }

    @Test
    void theLastOfTwoOverridesWins() {
        assertThat(Given.small().set("seed=1").set("seed=2").parse().seed()).isEqualTo(2);
    }

    @Test
    void indicesCountEntriesAsWritten() {
        assertThat(layer(2, "network.layers[1].dense.units=16"))
                .isEqualTo(new Dense("dense_3", 16, Activation.Simple.LINEAR, Weights.DEFAULT));
        assertThat(layer(1, "network.layers[0].repeat.layers[0].dense.units=16"))
                .isEqualTo(new Dense("dense_2", 16, Activation.Simple.LINEAR, Weights.DEFAULT));
    }

    @Test
    void aBareValueBecomesASectionWhereAKeyIsSet() {
        Weights weights = new Weights(Weights.DEFAULT.kernel(), Weights.DEFAULT.bias(), new Penalty(0, 0.1), true);

        assertThat(layer(2, "network.layers[1].dense.kernelRegularizer.l2=0.1"))
                .isEqualTo(new Dense("dense_3", 64, Activation.Simple.LINEAR, weights));
        assertThat(layer(4, "network.layers[3].flatten.name=flat")).isEqualTo(new Flatten("flat"));
        assertThat(layer(2, "network.layers[1].dense=5"))
                .isEqualTo(new Dense("dense_3", 5, Activation.Simple.LINEAR, Weights.DEFAULT));
    }

    @Test
    void namedLayersAreFoundByTheirName() {
        assertThat(layer(3, "network.layers[thin].dropout.rate=0.1")).isEqualTo(new Dropout("thin", 0.1));
        assertThat(layer(5, "network.layers[features].flatten.name=other")).isEqualTo(new Flatten("other"));
    }

    @Test
    void aWordGivesWayToASection() {
        OptimizerSpec optimizer = Given.training("optimizer: adam")
                .set("training.optimizer.sgd.learningRate=1e-2")
                .parse()
                .training()
                .optimizer();

        assertThat(optimizer).isEqualTo(new OptimizerSpec.Sgd(new Schedule.Constant(0.01), 0, false, 0));
    }

    @Test
    void textsNeedNoQuotes() {
        assertThat(Given.small().set("data.train.path=*.csv").parse().resolved().text())
                .contains("/experiments/*.csv");
        assertThat(Given.small().set("data.source=a: b # c").parse().data().description())
                .contains("a: b # c");
    }

    @Test
    void anEntryThatIsNotThereIsTold() {
        assertThat(Given.layers(LAYERS).set("network.layers[5].dense=1").problems())
                .containsExactly("--set network.layers[5].dense=1: network.layers[5]: no such entry (expected 0 to 4)");
        assertThat(Given.layers(LAYERS).set("network.layers[none].dense=1").problems())
                .containsExactly(
                        "--set network.layers[none].dense=1: network.layers[none]: no such entry (expected a name of the list: thin, features)");
        assertThat(Given.small().set("training[0]=1").problems())
                .containsExactly("--set training[0]=1: training: {loss} (expected a list)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"epochs", "=3", ".a=3", "a..b=3", "[0]=3", "a[=3", "a b=3"})
    void whatIsNoOverrideIsTold(String override) {
        assertThat(Given.small().set(override).problems())
                .containsExactly(
                        "--set " + override + ": not an override (expected key=value, such as training.epochs=3)");
    }

    @Test
    void problemsOfOverridesComeWithThoseOfTheFile() {
        assertThat(Given.training("epoch: 1")
                        .set("network.layers[9].dense=1")
                        .set("sed=1")
                        .problems())
                .containsExactly(
                        "x.yaml:9: training.epoch: unknown key (expected epochs)",
                        "--set sed=1: sed: unknown key (expected seed)",
                        "--set network.layers[9].dense=1: network.layers[9]: no such entry (expected 0 to 0)");
    }

    @Test
    void problemsOfASectionNameItsKeysWithoutItsWholeText() {
        assertThat(Given.small()
                        .set("training.optimizer={adam: {learningrate: 0.05, beta: 0.5}}")
                        .problems())
                .hasSize(2)
                .allSatisfy(problem ->
                        assertThat(problem).startsWith("--set training.optimizer={…}: training.optimizer.adam."));
    }

    @Test
    void aPathOfTheSpaceIsToldToComeWithTheWholeSpace() {
        assertThat(Given.small()
                        .set("sweep.space.training.batchSize={choice: [8, 16]}")
                        .problems())
                .containsExactly("--set sweep.space.training.batchSize={…}: a path of the space, whose dots are part of"
                        + " one key (expected the whole space at once: --set 'sweep.space={training.batchSize: …}')");
    }

    @Test
    void aListThatIsNotClosedIsTold() {
        assertThat(Given.small().set("network.input=[1").problems())
                .singleElement()
                .asString()
                .startsWith("--set network.input=[1: ")
                .endsWith("(expected YAML)");
    }
}
