package dev.starling.worker.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.Networks;
import dev.starling.worker.network.dl4j.Dl4jNetwork;
import dev.starling.worker.optimizer.Clipping;
import dev.starling.worker.optimizer.Optimizer;
import dev.starling.worker.optimizer.OptimizerSpec;
import dev.starling.worker.optimizer.Schedule;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

/** Training through the step equals plain DL4J's {@code fit} on one machine, helpers and threads being the same. */
class StockEquivalenceTest {
    private static final int STEPS = 10;
    private static final int BATCH = 6;
    private static final double RATE = 0.01;
    private static final Schedule SCHEDULE = new Schedule.Constant(RATE);

    private record Rule(IUpdater stock, OptimizerSpec ours) {}

    static Stream<Arguments> cases() {
        Rule sgd = new Rule(new Sgd(RATE), new OptimizerSpec.Sgd(SCHEDULE, 0, false, 0));
        Rule adam = new Rule(new Adam(RATE, 0.9, 0.999, 1e-7), new OptimizerSpec.Adam(SCHEDULE, 0.9, 0.999, 1e-7, 0));
        Rule nesterov = new Rule(new Nesterovs(RATE, 0.9), new OptimizerSpec.Sgd(SCHEDULE, 0.9, true, 0));
        return Stream.of(Networks.xor(), Networks.mlp(6, 5, 3), Networks.smoothCnn(), Networks.smoothSeries())
                .flatMap(spec -> Stream.of(sgd, adam, nesterov).map(rule -> Arguments.of(spec, rule)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void withDl4jsOwnUpdaterToTheBit(NetworkSpec spec, Rule rule) {
        float[] stock = stock(spec, rule.stock());
        try (ReferenceStep step = (ReferenceStep) Examples.step(spec, BATCH)) {
            long length = step.parameters().length();
            long stateLength = rule.stock().stateSize(length);
            INDArray state = stateLength == 0 ? null : Nd4j.create(DataType.FLOAT, stateLength);
            GradientUpdater<?> updater = rule.stock().instantiate(state, true);
            for (int i = 0; i < STEPS; i++) {
                Examples.of(spec, rows(i), i).into(step);
                step.train(rows(i), i);
                INDArray update = step.network().gradients();
                updater.applyUpdater(update, i, 0);
                step.network().params().subi(update.reshape(length));
            }
            assertThat(step.parameters().toArray()).isEqualTo(stock);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void withOurRulesToAMillionth(NetworkSpec spec, Rule rule) {
        float[] stock = stock(spec, rule.stock());
        Optimizer optimizer = new Optimizer(rule.ours(), new Clipping.None(), NetworkLayout.of(spec));
        try (Step step = Examples.step(spec, BATCH)) {
            FlatVector state = FlatVector.allocate(optimizer.stateLength());
            optimizer.reset(state);
            for (int i = 0; i < STEPS; i++) {
                Examples.of(spec, rows(i), i).into(step);
                step.train(rows(i), i);
                optimizer.apply(step.parameters(), step.gradient(), state, i + 1, RATE);
            }
            float[] ours = step.parameters().toArray();
            for (int i = 0; i < ours.length; i++) {
                assertThat(ours[i]).as("parameter %d", i).isCloseTo(stock[i], within(1e-6f));
            }
        }
    }

    /** The last batch is ragged. */
    private static int rows(int step) {
        return step == STEPS - 1 ? 4 : BATCH;
    }

    private static float[] stock(NetworkSpec spec, IUpdater updater) {
        OneDnnHelpers.enable();
        float[] start;
        try (Step step = Examples.step(spec, 1)) {
            start = step.parameters().toArray();
        }
        MultiLayerConfiguration configuration =
                Dl4jNetwork.build(spec).getLayerWiseConfigurations().clone();
        for (NeuralNetConfiguration layer : configuration.getConfs()) {
            if (layer.getLayer() instanceof BaseLayer trained) {
                trained.setIUpdater(updater);
            }
        }
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init(Nd4j.createFromArray(start), true);
        for (int i = 0; i < STEPS; i++) {
            Examples batch = Examples.of(spec, rows(i), i);
            INDArray features =
                    Nd4j.createFromArray(batch.features()).reshape(Dl4jNetwork.inputShape(spec, batch.rows()));
            INDArray targets =
                    Nd4j.createFromArray(batch.targets()).reshape(batch.rows(), batch.targets().length / batch.rows());
            network.fit(new DataSet(features, targets));
        }
        return network.params().toFloatVector();
    }
}
