package dev.starling.worker.gang;

import dev.starling.worker.averaging.AveragingSpec;
import dev.starling.worker.exchange.Compression;
import dev.starling.worker.exchange.Exchange;
import dev.starling.worker.exchange.RoundReport;
import dev.starling.worker.exchange.StateVector;
import dev.starling.worker.exchange.TrainingFailed;
import dev.starling.worker.memory.Arena;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.ParameterBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Averages round t, on a thread of its own, while the replica trains round t + 1, whatever the exchange: at the end of round t the replica copies what it has, sᵣ; at the
 * end of round t + 1 it takes in what the strategy made z of the copies' mean, x ← x + (z − sᵣ) (see {@link LateCorrection}), and copies anew. So the gang goes along
 * z as without overlap, by gradients that were taken one averaging behind. The delay is one round, whoever is faster: the bits depend on no clock. Reports, and
 * with them "stop" and "checkpoint", are one round late too. An epoch's last averaging, and one after which the gang stops, is at once, so that all ranks are equal then.
 */
final class Overlapped implements Averaging {
    private static final long CLOSING_SECONDS = 10;

    private final Exchange exchange;
    private final List<FlatVector> own;
    private final List<FlatVector> copies;
    private final AveragedVectors means;
    private final LateCorrection correction;
    private final Compression compression;
    private final LateReport report = new LateReport();
    private final ExecutorService thread;
    private final Arena arena;
    private Optional<Future<RoundReport>> running = Optional.empty();
    private double learningRate;
    private long waitingNanos;

    /**
     * @param own what the replica trains: the parameters, and the optimiser's state if that is averaged
     * @param arena for as much again twice over; closed with this
     */
    Overlapped(
            Exchange exchange,
            List<FlatVector> own,
            List<ParameterBlock> blocks,
            AveragingSpec spec,
            Compression compression,
            LateCorrection correction,
            Arena arena) {
        this.exchange = exchange;
        this.own = own;
        this.arena = arena;
        this.copies = alike(own, arena);
        this.means = new AveragedVectors(alike(own, arena), blocks, spec, exchange.ranks(), arena);
        this.correction = correction;
        this.compression = compression;
        this.thread = Executors.newSingleThreadExecutor(work -> {
            Thread t = new Thread(work, "averaging of replica " + exchange.rank());
            t.setDaemon(true);
            return t;
        });
    }

    private static List<FlatVector> alike(List<FlatVector> vectors, Arena arena) {
        List<FlatVector> alike =
                vectors.stream().map(v -> arena.allocate(v.length())).toList();
        copy(vectors, alike);
        return alike;
    }

    private static void copy(List<FlatVector> from, List<FlatVector> to) {
        for (int i = 0; i < from.size(); i++) {
            to.get(i).set(from.get(i));
        }
    }

    @Override
    public void join() {
        exchange.join(means.shared(), compression);
    }

    @Override
    public RoundReport end(RoundEnd round, long steps) {
        settle();
        boolean due = !report.isEmpty();
        RoundReport late = report.take();
        if (due) {
            correction.apply(own, copies, means.all(), steps);
        }
        copy(own, means.all());
        if (round.last() || late.stop()) {
            return late.plus(atOnce(round));
        }
        copy(own, copies);
        means.before();
        learningRate = round.learningRate();
        running = Optional.of(thread.submit(() -> exchange.average(round.mine(), round.weights())));
        return late;
    }

    private RoundReport atOnce(RoundEnd round) {
        long before = exchange.waitingNanos();
        means.before();
        RoundReport merged = exchange.average(round.mine(), round.weights());
        means.after(round.learningRate());
        copy(means.all(), own);
        waitingNanos += exchange.waitingNanos() - before;
        return merged;
    }

    /** Waits for the mean that is under way. */
    private void settle() {
        if (running.isEmpty()) {
            return;
        }
        long start = System.nanoTime();
        report.put(result(running.get()));
        running = Optional.empty();
        waitingNanos += System.nanoTime() - start;
        means.after(learningRate);
    }

    private static RoundReport result(Future<RoundReport> averaging) {
        try {
            return averaging.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TrainingFailed failed) {
                throw failed;
            }
            throw new TrainingFailed("Cannot average: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrainingFailed("Cannot go on training: interrupted while waiting for an averaging", e);
        }
    }

    @Override
    public boolean makesEqual() {
        return false;
    }

    @Override
    public List<StateVector> state() {
        settle();
        report.dropCheckpoint();
        List<StateVector> state = new ArrayList<>(means.state());
        for (int i = 0; i < means.all().size(); i++) {
            state.add(new StateVector("lateMean" + i, means.all().get(i), true));
        }
        state.add(new StateVector("lateReport", report.vector(), true));
        return state;
    }

    /** A checkpoint is taken just after a copy, so what the replica has is what it copied. */
    @Override
    public void resume() {
        copy(own, copies);
        if (report.isEmpty()) {
            copy(own, means.all());
        }
        means.restart();
    }

    @Override
    public long waitingNanos() {
        return waitingNanos;
    }

    /** An averaging that is still under way ends because the replica that failed told the exchange; what it uses may be closed after it. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            thread.shutdownNow();
        }
        arena.close();
    }
}
