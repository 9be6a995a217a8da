package dev.starling.worker.gang;

import dev.starling.worker.data.EpochOrder;
import dev.starling.worker.data.Seeds;
import dev.starling.worker.data.Seeds.Purpose;
import dev.starling.worker.exchange.Exchange;
import dev.starling.worker.exchange.RoundReport;
import dev.starling.worker.exchange.TrainingFailed;
import dev.starling.worker.gang.Outcome.Ending;
import dev.starling.worker.metrics.Totals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * One network in training: steps on its own examples, averages with its gang, repeats. What it decides (to stop, to fail, which epoch was best) it decides from
 * values that are merged over the gang, so all replicas decide alike. Runs on one thread, once.
 */
public final class Replica {
    private final Exchange exchange;
    private final GangPlan plan;
    private final TrainingSpec training;
    private final Learner learner;
    private final ReplicaData data;
    private final ProgressSink sink;
    private final BooleanSupplier stop;
    private final Totals totals;
    private final Optional<Patience> patience;
    private final List<EpochReport> history = new ArrayList<>();
    private float[] best = {};
    private double lossBefore;
    private long examplesOfGang;
    private double lossOfGang;
    private long averagingNanos;

    /**
     * @param exchange entered, not joined; its owner closes it
     * @param plan in which this replica is {@code exchange.rank()}
     * @param stop asked once a round; one replica's yes stops all
     */
    public Replica(
            Exchange exchange,
            GangPlan plan,
            TrainingSpec training,
            Learner learner,
            ReplicaData data,
            ProgressSink sink,
            BooleanSupplier stop) {
        this.exchange = exchange;
        this.plan = plan;
        this.training = training;
        this.learner = learner;
        this.data = data;
        this.sink = sink;
        this.stop = stop;
        this.totals = data.scoring().zero();
        this.patience = training.earlyStopping().map(Patience::new);
    }

    /**
     * Trains; the result is left in the step's parameters and the optimiser's state.
     *
     * @throws TrainingFailed if the loss is not finite any more, in all replicas alike, or because a peer failed
     */
    public Outcome run() {
        try {
            learner.join(exchange);
            return train();
        } catch (RuntimeException | Error e) {
            exchange.fail(e);
            throw e;
        }
    }

    private Outcome train() {
        int rank = exchange.rank();
        Ending ending = Ending.COMPLETED;
        for (int epoch = 0; epoch < training.epochs() && ending == Ending.COMPLETED; epoch++) {
            int[] order = startEpoch(epoch);
            long start = System.nanoTime();
            long waited = exchange.waitingNanos();
            for (int round = 0; round < plan.rounds(epoch) && ending == Ending.COMPLETED; round++) {
                for (int step = plan.firstStep(rank, epoch, round); step < plan.endStep(rank, epoch, round); step++) {
                    trainBatch(epoch, step, order);
                }
                if (average(epoch, round)) {
                    ending = Ending.REQUESTED;
                }
            }
            long trained = System.nanoTime() - start;
            history.add(finishEpoch(epoch, trained, exchange.waitingNanos() - waited));
            if (ending == Ending.COMPLETED && patienceIsExhausted()) {
                ending = Ending.EARLY;
            }
        }
        if (best.length > 0) {
            learner.step().parameters().set(best);
        }
        return new Outcome(history, ending);
    }

    private int[] startEpoch(int epoch) {
        totals.clear();
        lossBefore = 0;
        examplesOfGang = 0;
        lossOfGang = 0;
        averagingNanos = 0;
        long seed = Seeds.derive(training.seed(), Purpose.SHUFFLE, epoch, exchange.rank());
        return EpochOrder.shuffled(data.train().rows(), seed);
    }

    private void trainBatch(int epoch, int step, int[] order) {
        int rows = plan.rowsAt(exchange.rank(), step);
        var network = learner.step();
        data.train().gather(order, step * plan.batchSize(), rows, network.features(), network.targets());
        network.train(rows, Seeds.derive(training.seed(), Purpose.DROPOUT, epoch, step, exchange.rank()));
        totals.add(network.outputs(), network.targets(), rows);
        totals.addPenalty(learner.penalty(), rows);
        learner.update(training.optimizer().learningRate().at(plan.batchesBefore(epoch, step)));
        exchange.beat();
    }

    /** Whether someone asks to stop. */
    private boolean average(int epoch, int round) {
        long start = System.nanoTime();
        double lossSum = totals.lossSum() - lossBefore;
        lossBefore = totals.lossSum();
        int[] weights = plan.weights(epoch, round);
        RoundReport mine = new RoundReport(weights[exchange.rank()], lossSum, stop.getAsBoolean(), false);
        RoundReport gang = learner.average(exchange, mine, weights);
        averagingNanos += System.nanoTime() - start;
        examplesOfGang += gang.examples();
        lossOfGang += gang.lossSum();
        if (!Double.isFinite(gang.lossSum())) {
            throw notFinite("the loss is " + gang.lossSum() / gang.examples(), epoch, round);
        }
        if (exchange.rank() == 0) {
            sink.round(epoch + 1, round + 1, examplesOfGang, lossOfGang / examplesOfGang);
        }
        return gang.stop();
    }

    private EpochReport finishEpoch(int epoch, long trainingNanos, long waitingNanos) {
        if (!learner.isFinite()) {
            throw notFinite("a parameter is not finite", epoch, plan.rounds(epoch) - 1);
        }
        Map<Integer, Totals> validation = new TreeMap<>();
        for (ValidationBlock block : data.validation()) {
            Totals scored = Inference.score(learner.step(), block.examples(), data.scoring(), exchange::beat);
            validation.put(block.number(), scored);
        }
        EpochPart mine = new EpochPart(trainingNanos, averagingNanos, waitingNanos, totals, validation);
        List<EpochPart> parts = exchange.gather(mine.toBytes()).stream()
                .map(bytes -> EpochPart.fromBytes(data.scoring(), bytes))
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

    private boolean patienceIsExhausted() {
        if (patience.isEmpty()) {
            return false;
        }
        boolean better = patience.get().observe(history.get(history.size() - 1));
        if (better && training.earlyStopping().orElseThrow().restoreBest()) {
            best = learner.step().parameters().toArray();
        }
        return patience.get().isExhausted();
    }

    private static TrainingFailed notFinite(String found, int epoch, int round) {
        return new TrainingFailed(
                "Cannot go on training: " + found + " in epoch " + (epoch + 1) + ", round " + (round + 1)
                        + " (expected finite values: a smaller learning rate or training.gradientClipping may help)");
    }
}
