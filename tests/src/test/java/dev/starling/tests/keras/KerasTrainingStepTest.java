package dev.starling.tests.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.jobs.experiment.ExperimentParser;
import dev.starling.jobs.experiment.ExperimentText;
import dev.starling.jobs.keras.KerasImport;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.optimizer.Clipping;
import dev.starling.worker.optimizer.Optimizer;
import dev.starling.worker.optimizer.OptimizerSpec;
import dev.starling.worker.plan.StepFactory;
import dev.starling.worker.step.Step;
import dev.starling.worker.step.StepChoice;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the same weights one step of training, and three, end where real Keras ended: running statistics too. */
class KerasTrainingStepTest {
    private static final float EXACT = 1e-5f;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sgd",
                "momentum",
                "nesterov",
                "adagrad",
                "rmsprop",
                "adam",
                "amsgrad",
                "leaky",
                "penalised",
                "normalized",
                "convolutions",
                "averages",
                "series",
                "halves",
                "active",
                "images",
                "logarithmic",
                "percentage",
                "huber",
                "logcosh",
                "hinge",
                "squaredhinge",
                "poisson",
                "divergence",
                "slopes"
            })
    void endsWhereKerasEnded(String name) {
        String fixture = "keras3/step-" + name;
        KerasFixture facts = KerasFixture.of(fixture);
        KerasImport before = KerasFixture.load(fixture + ".before.keras");
        float[] afterOne = KerasFixture.load(fixture + ".after.keras").parameters();
        float[] afterThree = KerasFixture.load(fixture + ".end.keras").parameters();
        for (StepChoice choice : List.of(StepChoice.REFERENCE, StepChoice.AUTO)) {
            List<float[]> ours = train(before, facts, choice);
            assertThat(ours.get(0)).as("%s, one step", choice).containsExactly(afterOne, within(EXACT));
            assertThat(ours.get(2)).as("%s, three steps", choice).containsExactly(afterThree, within(EXACT));
        }
    }

    /** The parameters after every step. */
    private static List<float[]> train(KerasImport model, KerasFixture facts, StepChoice choice) {
        OptimizerSpec spec = optimizer(facts);
        NetworkSpec network =
                new NetworkSpec(model.network().input(), model.network().layers(), loss(facts));
        int examples = facts.facts().get("examples").asInt();
        float[] features = facts.features();
        float[] targets = facts.numbers("targets");
        Optimizer optimizer = new Optimizer(spec, new Clipping.None(), NetworkLayout.of(network));
        try (Step step = StepFactory.create(network, examples, choice)) {
            step.parameters().set(0, model.parameters(), 0, model.parameters().length);
            FlatVector state = FlatVector.allocate(optimizer.stateLength());
            optimizer.reset(state);
            float[][] after = new float[3][];
            for (int i = 0; i < after.length; i++) {
                int size = features.length / 3;
                int width = targets.length / 3;
                step.features().set(0, features, i * size, size);
                step.targets().set(0, targets, i * width, width);
                step.train(examples, i);
                double rate = spec.learningRate().at(i);
                optimizer.apply(step.parameters(), step.gradient(), state, i + 1, rate);
                after[i] = step.parameters().toArray();
            }
            return Arrays.asList(after);
        }
    }

    private static Loss loss(KerasFixture facts) {
        return Loss.valueOf(facts.facts().get("loss").asText().toUpperCase(Locale.ROOT));
    }

    /** As an experiment file says it. */
    private static OptimizerSpec optimizer(KerasFixture facts) {
        String text =
                """
                network: {input: [1], layers: [{dense: 1}]}
                training: {loss: meanSquaredError, optimizer: %s}
                """
                        .formatted(facts.facts().get("optimizer"));
        return ExperimentParser.stored(new ExperimentText("fixture", text, "/", List.of(), Map.of()))
                .training()
                .optimizer();
    }
}
