package dev.starling.worker.gang;

import dev.starling.worker.data.EpochOrder;
import dev.starling.worker.data.Seeds;
import dev.starling.worker.data.Seeds.Purpose;
import dev.starling.worker.exchange.Exchange;
import dev.starling.worker.exchange.RoundReport;
import dev.starling.worker.exchange.TrainingFailed;
import dev.starling.worker.gang.Outcome.Ending;
import dev.starling.worker.metrics.Totals;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * One network in training: steps on its own examples, averages with its gang, repeats. What it decides (to stop, to fail, to keep its state, which epoch was best) it decides
 * from values that are merged over the gang, so all replicas decide alike. Runs on one thread, once.
 */
public final class Replica {
    private final Exchange exchange;
    private final GangPlan plan;
    private final TrainingSpec training;
    private final Learner learner;
    private final ReplicaData data;
    private final ProgressSink sink;
    private final BooleanSupplier stop;
    private final Checkpoints checkpoints;
    private final EpochSums sums;
    private final Course course;
    private final ReplicaState state;

    /** Keeps no checkpoints. */
    public Replica(
            Exchange exchange,
            GangPlan plan,
            TrainingSpec training,
            Learner learner,
            ReplicaData data,
            ProgressSink sink,
            BooleanSupplier stop) {
        this(exchange, plan, training, learner, data, sink, stop, Checkpoints.NONE);
    }

    /**
     * @param exchange entered, not joined; its owner closes it
     * @param plan in which this replica is {@code exchange.rank()}
     * @param stop asked once a round; one replica's yes stops all
     * @param checkpoints what to go on from, and where to keep the state
     */
    public Replica(
            Exchange exchange,
            GangPlan plan,
            TrainingSpec training,
            Learner learner,
            ReplicaData data,
            ProgressSink sink,
            BooleanSupplier stop,
            Checkpoints checkpoints) {
        this.exchange = exchange;
        this.plan = plan;
        this.training = training;
        this.learner = learner;
        this.data = data;
        this.sink = sink;
        this.stop = stop;
        this.checkpoints = checkpoints;
        this.sums = new EpochSums(data.scoring(), learner.layers());
        this.course = new Course(training.earlyStopping());
        this.state = new ReplicaState(learner, exchange, sums, course);
    }

    /**
     * Trains; the result is left in the step's parameters and the optimiser's state.
     *
     * @throws TrainingFailed if the loss is not finite any more, in all replicas alike, or because a peer failed
     */
    public Outcome run() {
        try {
            learner.join();
            return train(checkpoints.saved().map(state::restore).orElse(Position.START));
        } catch (RuntimeException | Error e) {
            exchange.fail(e);
            throw e;
        } finally {
            learner.close();
        }
    }

    private Outcome train(Position start) {
        Ending ending = Ending.COMPLETED;
        for (int epoch = start.epoch(); epoch < training.epochs() && ending == Ending.COMPLETED; epoch++) {
            ending = trainEpoch(epoch, epoch == start.epoch() ? start.round() : 0);
        }
        course.best().ifPresent(learner.step().parameters()::set);
        return new Outcome(course.history(), ending);
    }

    private Ending trainEpoch(int epoch, int firstRound) {
        if (firstRound == 0) {
            sums.clear();
        }
        data.train().begin(epoch);
        int[] order = EpochOrder.shuffled(
                data.train().rows(), Seeds.derive(training.seed(), Purpose.SHUFFLE, epoch, exchange.rank()));
        boolean stopped = false;
        boolean keep = false;
        for (int round = firstRound; round < plan.rounds(epoch) && !stopped; round++) {
            RoundReport gang = trainRound(epoch, round, order);
            stopped = gang.stop();
            keep = gang.checkpoint() && !stopped;
            if (keep && round + 1 < plan.rounds(epoch)) {
                long start = System.nanoTime();
                checkpoints.save(state.snapshot(new Position(epoch, round + 1)));
                sums.addTraining(System.nanoTime() - start, 0);
            }
        }
        EpochReport report = finishEpoch(epoch);
        if (stopped) {
            course.addStopped(report);
            return Ending.REQUESTED;
        }
        if (course.add(report, learner.step().parameters())) {
            return Ending.EARLY;
        }
        if (keep) {
            checkpoints.save(state.snapshot(new Position(epoch + 1, 0)));
        }
        return Ending.COMPLETED;
    }

    private RoundReport trainRound(int epoch, int round, int[] order) {
        int rank = exchange.rank();
        long start = System.nanoTime();
        long waited = learner.waitingNanos();
        for (int step = plan.firstStep(rank, epoch, round); step < plan.endStep(rank, epoch, round); step++) {
            trainBatch(epoch, step, order);
        }
        RoundReport gang = average(epoch, round);
        sums.addTraining(System.nanoTime() - start, learner.waitingNanos() - waited);
        return gang;
    }

    private void trainBatch(int epoch, int step, int[] order) {
        int rows = plan.rowsAt(exchange.rank(), step);
        var network = learner.step();
        data.train().gather(order, step * plan.batchSize(), rows, network.features(), network.targets());
        learner.train(rows, Seeds.derive(training.seed(), Purpose.DROPOUT, epoch, step, exchange.rank()));
        sums.layers().add(network.gradient());
        sums.totals().add(network.outputs(), network.targets(), rows);
        sums.totals().addPenalty(learner.penalty() + network.activityPenalty(), rows);
        learner.update(training.optimizer().learningRate().at(plan.batchesBefore(epoch, step)));
        exchange.beat();
    }

    private RoundReport average(int epoch, int round) {
        long start = System.nanoTime();
        int[] weights = plan.weights(epoch, round);
        boolean endsEpoch = round + 1 == plan.rounds(epoch);
        boolean last = endsEpoch && epoch + 1 == training.epochs();
        boolean keep = !last && checkpoints.isDue(endsEpoch);
        RoundReport mine = new RoundReport(weights[exchange.rank()], sums.lossOfRound(), stop.getAsBoolean(), keep);
        double rate = training.optimizer().learningRate().at(plan.batchesBeforeRound(epoch, round));
        RoundReport gang = learner.average(new RoundEnd(mine, weights, rate, endsEpoch));
        sums.addAveraging(System.nanoTime() - start);
        sums.addRound(gang);
        if (!Double.isFinite(gang.lossSum())) {
            throw notFinite("the loss is " + gang.lossSum() / gang.examples(), epoch, round);
        }
        if (exchange.rank() == 0 && sums.examplesOfGang() > 0) {
            sink.round(epoch + 1, round + 1, sums.examplesOfGang(), sums.meanLossOfGang());
        }
        return gang;
    }

    private EpochReport finishEpoch(int epoch) {
        if (!learner.isFinite()) {
            throw notFinite("a parameter is not finite", epoch, plan.rounds(epoch) - 1);
        }
        Map<Integer, Totals> validation = new TreeMap<>();
        for (ValidationBlock block : data.validation()) {
            Totals scored = Inference.score(learner.step(), block.examples(), data.scoring(), exchange::beat);
            validation.put(block.number(), scored);
        }
        List<EpochPart> parts = exchange.gather(sums.part(validation).toBytes()).stream()
                .map(bytes -> EpochPart.fromBytes(data.scoring(), learner.layers(), bytes))
                .toList();
        EpochReport report = EpochPart.merge(parts, epoch + 1, data.scoring(), data.hasValidation(), learner.penalty());
        if (report.validation().stream().anyMatch(m -> !Double.isFinite(m.loss()))) {
            throw notFinite("the validation loss is not finite", epoch, plan.rounds(epoch) - 1);
        }
        if (exchange.rank() == 0) {
            sink.epoch(report);
        }
        return report;
    }

    private static TrainingFailed notFinite(String found, int epoch, int round) {
        return TrainingFailed.forGood(
                "Cannot go on training: " + found + " in epoch " + (epoch + 1) + ", round " + (round + 1)
                        + " (expected finite values: a smaller learning rate or training.gradientClipping may help)");
    }
}
