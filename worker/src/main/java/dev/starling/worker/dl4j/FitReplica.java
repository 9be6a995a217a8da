package dev.starling.worker.dl4j;

import dev.starling.worker.InvalidInput;
import dev.starling.worker.data.Seeds;
import dev.starling.worker.data.Seeds.Purpose;
import dev.starling.worker.exchange.Exchange;
import dev.starling.worker.exchange.RoundReport;
import dev.starling.worker.gang.TrainingSpec.OptimizerStatePolicy;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.step.NativeGarbage;
import dev.starling.worker.step.OneDnnHelpers;
import dev.starling.worker.step.StepChoice;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.dataset.MultiDataSet;

/**
 * One DL4J network in training through one fit: steps on its own batches, averages with its gang, repeats until no replica has batches left. How many there are is not known beforehand, since they stream: replicas
 * tell each other before each averaging. A replica whose batches are used up joins with weight 0. Made, run once and closed
 * by one thread.
 */
public final class FitReplica implements AutoCloseable {
    private final Exchange exchange;
    private final FitSpec spec;
    private final ReplicaNetwork network;
    private final Iterator<MultiDataSet> batches;
    private final StepWatcher watcher;
    private final RunningStatistics statistics;
    private final float[] freshState;
    private final NativeGarbage garbage = new NativeGarbage();
    private final long begunMillis = System.currentTimeMillis();
    private long examples;
    private int batchCount;
    private int rounds;
    private int lastExamples;
    private long loadingNanos;
    private long trainingNanos;
    private long averagingNanos;
    private boolean finished;

    /** What a replica tells before an averaging. */
    private record Turn(int examples, boolean more) {
        byte[] toBytes() {
            return ByteBuffer.allocate(5)
                    .putInt(examples)
                    .put((byte) (more ? 1 : 0))
                    .array();
        }

        static Turn fromBytes(byte[] bytes) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            return new Turn(buffer.getInt(), buffer.get() != 0);
        }
    }

    /**
     * @param exchange entered, not joined; its owner closes it
     * @param copy this replica's own
     * @param listeners this replica's own
     */
    public FitReplica(
            Exchange exchange,
            FitSpec spec,
            NetworkCopy copy,
            Iterator<MultiDataSet> batches,
            Collection<TrainingListener> listeners,
            StepWatcher watcher) {
        this.exchange = exchange;
        this.spec = spec;
        OneDnnHelpers.enable();
        boolean fast = spec.step() != StepChoice.REFERENCE && watcher == StepWatcher.NONE && listeners.isEmpty();
        this.network = ReplicaNetwork.open(copy, spec.batchSize(), fast);
        this.batches = batches;
        this.watcher = watcher;
        this.statistics = network.statistics();
        this.freshState =
                spec.updaterState() == OptimizerStatePolicy.RESET ? network.freshUpdaterState() : new float[0];
        network.listen(listeners);
    }

    /**
     * Trains; {@link #parameters} and {@link #updaterState} are the result.
     *
     * @throws dev.starling.worker.exchange.TrainingFailed because a peer failed
     */
    public FitOutcome run() {
        try {
            exchange.join(averaged());
            boolean more = true;
            while (more) {
                int trained = trainRound();
                more = average(trained);
            }
            finished = true;
            requirePlannedIfAsked();
            return new FitOutcome(
                    examples,
                    batchCount,
                    rounds,
                    network.iterations(),
                    lastExamples == 0 ? 0 : network.score(),
                    lastExamples,
                    begunMillis,
                    loadingNanos,
                    trainingNanos,
                    averagingNanos,
                    exchange.waitingNanos(),
                    network.step());
        } catch (RuntimeException | Error e) {
            exchange.fail(e);
            throw e;
        }
    }

    private void requirePlannedIfAsked() {
        if (spec.step() == StepChoice.PLANNED
                && batchCount > 0
                && !network.step().startsWith("planned")) {
            throw new InvalidInput("Cannot train by the planned step: " + network.step()
                    + " (expected a network that can be planned, and neither hooks nor listeners)");
        }
    }

    private List<FlatVector> averaged() {
        boolean withState = spec.updaterState() == OptimizerStatePolicy.AVERAGE
                && network.updaterState().length() > 0;
        return withState ? List.of(network.parameters(), network.updaterState()) : List.of(network.parameters());
    }

    /** Examples trained. */
    private int trainRound() {
        int trained = 0;
        for (int step = 0; step < spec.averageEvery() && hasBatch(); step++) {
            long start = System.nanoTime();
            MultiDataSet batch = batches.next();
            long loaded = System.nanoTime();
            lastExamples = Math.toIntExact(batch.getFeatures(0).size(0));
            trainBatch(batch);
            loadingNanos += loaded - start;
            trainingNanos += System.nanoTime() - loaded;
            trained += lastExamples;
            batchCount++;
            exchange.beat();
        }
        examples += trained;
        return trained;
    }

    private boolean hasBatch() {
        long start = System.nanoTime();
        boolean more = batches.hasNext();
        loadingNanos += System.nanoTime() - start;
        return more;
    }

    private void trainBatch(MultiDataSet batch) {
        long seed = Seeds.derive(spec.seed(), Purpose.DROPOUT, network.epochs(), network.iterations(), exchange.rank());
        network.fit(batch, seed, watcher);
        garbage.look();
        if (!watcher.keepsBatches()) {
            Batches.close(batch);
        }
    }

    /** Whether any replica has batches left. */
    private boolean average(int trained) {
        boolean mine = hasBatch();
        if (exchange.ranks() == 1) {
            // Nobody to average with, so this is plain training, to the bit.
            return mine;
        }
        long start = System.nanoTime();
        List<Turn> turns = exchange.gather(new Turn(trained, mine).toBytes()).stream()
                .map(Turn::fromBytes)
                .toList();
        int[] weights = turns.stream().mapToInt(Turn::examples).toArray();
        if (Arrays.stream(weights).sum() > 0) {
            statistics.before();
            exchange.average(new RoundReport(trained, 0, false, false), weights);
            statistics.after();
            resetState();
            rounds++;
        }
        averagingNanos += System.nanoTime() - start;
        return turns.stream().anyMatch(Turn::more);
    }

    private void resetState() {
        if (spec.updaterState() == OptimizerStatePolicy.RESET && freshState.length > 0) {
            network.updaterState().set(freshState);
        }
    }

    public float[] parameters() {
        return network.parameters().toArray();
    }

    /** Of length 0 for an updater without state. */
    public float[] updaterState() {
        return network.updaterState().toArray();
    }

    /** Frees the network, but after a failure leaves it to the garbage collector: a peer may still read its memory. */
    @Override
    public void close() {
        if (finished) {
            network.close();
        }
    }
}
