package dev.starling.driver.selection.pool;

import dev.starling.driver.training.MachineFacts;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.data.ExampleBlock;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.Seeds;
import dev.starling.worker.data.TargetCoding;
import dev.starling.worker.exchange.Exchange;
import dev.starling.worker.gang.AugmentedExamples;
import dev.starling.worker.gang.EpochReport;
import dev.starling.worker.gang.Examples;
import dev.starling.worker.gang.GangPlan;
import dev.starling.worker.gang.Learner;
import dev.starling.worker.gang.Outcome;
import dev.starling.worker.gang.Outcome.Ending;
import dev.starling.worker.gang.Patience;
import dev.starling.worker.gang.Replica;
import dev.starling.worker.gang.ReplicaData;
import dev.starling.worker.gang.TrainingSpec;
import dev.starling.worker.gang.ValidationBlock;
import dev.starling.worker.memory.Arena;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.metrics.Scoring;
import dev.starling.worker.network.Heritage;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.ParameterInitializer;
import dev.starling.worker.optimizer.Optimizer;
import dev.starling.worker.plan.StepFactory;
import dev.starling.worker.pretraining.LoneStack;
import dev.starling.worker.step.Step;
import dev.starling.worker.step.StepChoice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where the units of one slot are trained, one after the other on the slot's thread. The step is kept from one unit to the next if that is of the same network and batch size: what a step
 * holds beside its parameters is written anew with every batch.
 */
final class Bench implements AutoCloseable {
    private final Leases data;
    private final UnitFiles files;
    private final Line line;
    private Optional<Kept> kept = Optional.empty();
    private Optional<Origin> origin = Optional.empty();

    /** What units begin from, kept from one to the next. */
    private record Origin(String folder, float[] parameters) {}

    private record Kept(NetworkSpec network, int batchSize, StepChoice choice, Step step, Map<String, String> facts) {
        boolean fits(NetworkSpec other, TrainingSpec training) {
            return network.equals(other) && batchSize == training.batchSize() && choice == training.step();
        }
    }

    Bench(Leases data, UnitFiles files, Line line) {
        this.data = data;
        this.files = files;
        this.line = line;
    }

    UnitResult run(Unit unit) {
        long start = System.nanoTime();
        Recipe recipe = unit.recipe();
        SharedRows shared = data.rows(recipe.data());
        RowChoice rows = shared.choice(unit.rows(), line::rows);
        if (rows.train().length == 0) {
            throw new InvalidInput("Cannot train " + unit.label() + ": no rows to learn from (expected at least one)");
        }
        Preparation preparation = shared.preparation(unit, rows);
        NetworkSpec network = recipe.network(preparation.input());
        NetworkLayout layout = NetworkLayout.of(network);
        int outputs = layout.output().size();
        TargetCoding coding = TargetCoding.of(preparation, network, outputs);
        Scoring scoring = Scoring.of(network, preparation.target());
        recipe.training()
                .earlyStopping()
                .ifPresent(rule -> Patience.check(rule, scoring, rows.validation().length > 0));
        ExampleBlock encoded = shared.encoded(preparation);
        Kept at = step(network, recipe.training());
        LearnedRows learned = shared.learned(unit, rows, preparation);
        ChosenExamples train = new ChosenExamples(encoded, coding, learned.rows(), learned.labels());
        List<ValidationBlock> validation = validation(shared, encoded, coding, rows.validation());
        Examples presented = AugmentedExamples.of(
                train, recipe.training(), network.input(), preparation.target(), number -> learned.rows()[number]);
        ReplicaData examples = new ReplicaData(presented, validation, !validation.isEmpty(), scoring);
        Outcome outcome =
                train(unit, network, at.step, examples, other -> new ChosenExamples(encoded, other, rows.train()));
        Scores scores = new Scores(at.step, scoring, penalty(recipe.training(), layout, at.step), line);
        scores.add(train, validation, new ChosenExamples(encoded, coding, rows.scored()));
        double training = outcome.history().stream()
                .mapToDouble(EpochReport::trainingSeconds)
                .sum();
        UnitResult result = new UnitResult(
                outcome.history(),
                outcome.ending(),
                scores.metrics(),
                unit.wanted().predictions() ? Optional.of(scores.predictions(preparation.target())) : Optional.empty(),
                scores.predictions(preparation.target(), new ChosenExamples(encoded, coding, rows.predicted())),
                (System.nanoTime() - start) / 1e9,
                training,
                at.facts);
        if (!unit.wanted().model().isEmpty()) {
            files.writeModel(
                    unit.wanted().model(), network, at.step.parameters().toArray(), preparation);
        }
        return result;
    }

    private Outcome train(
            Unit unit, NetworkSpec network, Step step, ReplicaData own, Function<TargetCoding, Examples> examples) {
        NetworkLayout layout = NetworkLayout.of(network);
        TrainingSpec training = unit.recipe().training();
        ParameterInitializer.initialize(
                layout, Seeds.derive(training.seed(), Seeds.Purpose.INITIALIZE), step.parameters());
        inherit(unit.recipe().heritage(), layout, step);
        if (training.pretraining().isPresent() && unit.epochs().from() == 0) {
            float[] parameters = step.parameters().toArray();
            LoneStack.train(network, training, examples, parameters);
            step.parameters().set(parameters);
        }
        Optimizer optimizer = new Optimizer(training.optimizer(), training.clipping(), layout);
        Exchange alone = Exchange.alone();
        GangPlan plan = new GangPlan(new int[] {own.train().rows()}, training.batchSize(), training.averaging());
        Pauses pauses = new Pauses(unit, files);
        Follower follower = new Follower(unit.wanted().follow(), line);
        try (Arena memory = new Arena()) {
            FlatVector state = memory.allocate(optimizer.stateLength());
            optimizer.reset(state);
            Learner learner = new Learner(step, optimizer, state, layout.blocks(), training, alone);
            Ending ending = new Replica(alone, plan, training, learner, own, follower, () -> false, pauses)
                    .run()
                    .ending();
            return new Outcome(follower.history(), ending);
        } catch (Follower.Ended e) {
            return new Outcome(follower.history(), e.ending());
        }
    }

    private void inherit(Heritage heritage, NetworkLayout layout, Step step) {
        if (heritage.hasModel()) {
            if (origin.isEmpty() || !origin.get().folder.equals(heritage.model())) {
                origin = Optional.of(new Origin(heritage.model(), files.readModel(heritage.model())));
            }
            heritage.copy(origin.get().parameters, layout, step.parameters());
        }
    }

    /** By the blocks of the data, as training on the cluster validates, so that the sums have the same bits. */
    private static List<ValidationBlock> validation(
            SharedRows shared, ExampleBlock encoded, TargetCoding coding, int[] rows) {
        List<ValidationBlock> blocks = new ArrayList<>();
        for (int from = 0; from < rows.length; ) {
            int number = shared.raw().blockOf(rows[from]);
            int to = from;
            while (to < rows.length && shared.raw().blockOf(rows[to]) == number) {
                to++;
            }
            int[] part = Arrays.copyOfRange(rows, from, to);
            blocks.add(new ValidationBlock(number, new ChosenExamples(encoded, coding, part)));
            from = to;
        }
        return blocks;
    }

    private static double penalty(TrainingSpec training, NetworkLayout layout, Step step) {
        return new Optimizer(training.optimizer(), training.clipping(), layout).penalty(step.parameters());
    }

    private Kept step(NetworkSpec network, TrainingSpec training) {
        if (kept.isEmpty() || !kept.get().fits(network, training)) {
            close();
            Step step = StepFactory.create(network, training.batchSize(), training.step());
            try {
                kept = Optional.of(new Kept(
                        network,
                        training.batchSize(),
                        training.step(),
                        step,
                        MachineFacts.checked(step.description())));
            } catch (RuntimeException e) {
                step.close();
                throw e;
            }
        }
        return kept.get();
    }

    /** After a failure: whatever state the step is in, the next unit has a new one; memory may be short. */
    void clear() {
        close();
        data.clear();
    }

    @Override
    public void close() {
        Optional<Kept> old = kept;
        kept = Optional.empty();
        old.ifPresent(k -> k.step.close());
    }
}
