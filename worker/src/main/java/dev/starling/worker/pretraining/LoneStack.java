package dev.starling.worker.pretraining;

import dev.starling.worker.data.Seeds;
import dev.starling.worker.data.Target;
import dev.starling.worker.data.TargetCoding;
import dev.starling.worker.exchange.Exchange;
import dev.starling.worker.gang.Examples;
import dev.starling.worker.gang.GangPlan;
import dev.starling.worker.gang.Learner;
import dev.starling.worker.gang.ProgressSink;
import dev.starling.worker.gang.Replica;
import dev.starling.worker.gang.ReplicaData;
import dev.starling.worker.gang.TrainingSpec;
import dev.starling.worker.inspection.Encoder;
import dev.starling.worker.memory.Arena;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.metrics.Scoring;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.ParameterInitializer;
import dev.starling.worker.optimizer.Optimizer;
import dev.starling.worker.plan.StepFactory;
import dev.starling.worker.step.Step;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Pre-training by one replica in its own thread: that of a fold or of a trial, on its own training examples. */
public final class LoneStack {
    private LoneStack() {}

    /**
     * Trains every stage.
     *
     * @param examples the training examples, by what is written as their targets
     * @param parameters of the whole network, at their first values; those of hidden dense layers are changed
     */
    public static void train(
            NetworkSpec network, TrainingSpec training, Function<TargetCoding, Examples> examples, float[] parameters) {
        for (DenoisingStack.Stage stage :
                DenoisingStack.stages(network, training.pretraining().orElseThrow())) {
            TrainingSpec own = stage.training(training);
            Optional<Encoder> below = stage.encoder(network, parameters);
            if (below.isEmpty()) {
                Examples inputs = examples.apply(
                        new TargetCoding.CopyFeatures(network.input().size()));
                stage.install(trained(stage.network(), own, inputs), parameters);
                continue;
            }
            try (Step encoder = StepFactory.create(below.get().network(), own.batchSize(), own.step())) {
                encoder.parameters().set(below.get().parameters());
                Examples encoded = new EncodedExamples(
                        examples.apply(new TargetCoding.AsStored(0)),
                        encoder,
                        below.get().width());
                stage.install(trained(stage.network(), own, encoded), parameters);
            }
        }
    }

    private static float[] trained(NetworkSpec network, TrainingSpec training, Examples examples) {
        NetworkLayout layout = NetworkLayout.of(network);
        Optimizer optimizer = new Optimizer(training.optimizer(), training.clipping(), layout);
        Scoring scoring =
                Scoring.of(network.loss(), new Target.Input(), network.input().size());
        GangPlan plan = new GangPlan(new int[] {examples.rows()}, training.batchSize(), training.averaging());
        try (Arena memory = new Arena();
                Step step = StepFactory.create(network, training.batchSize(), training.step())) {
            ParameterInitializer.initialize(
                    layout, Seeds.derive(training.seed(), Seeds.Purpose.INITIALIZE), step.parameters());
            FlatVector state = memory.allocate(optimizer.stateLength());
            optimizer.reset(state);
            Exchange alone = Exchange.alone();
            Learner learner = new Learner(step, optimizer, state, layout.blocks(), training, alone);
            ReplicaData data = new ReplicaData(examples, List.of(), false, scoring);
            new Replica(alone, plan, training, learner, data, ProgressSink.NONE, () -> false).run();
            return step.parameters().toArray();
        }
    }
}
