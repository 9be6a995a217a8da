package dev.starling.worker.gang;

import dev.starling.worker.exchange.Exchange;
import dev.starling.worker.exchange.RoundReport;
import dev.starling.worker.exchange.StateVector;
import dev.starling.worker.exchange.TrainingFailed;
import dev.starling.worker.gang.TrainingSpec.OptimizerStatePolicy;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.optimizer.Optimizer;
import dev.starling.worker.step.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a replica trains and averages: the step with its parameters, the optimiser and its state. Counts its own steps, from which Adam corrects its bias; where the
 * state is reset the count begins anew too, since the correction is that of a state that began at 0. Owns nothing: step and state are its maker's.
 */
public final class Learner {
    private final Step step;
    private final Optimizer optimizer;
    private final FlatVector state;
    private final Exchange exchange;
    private final OptimizerStatePolicy policy;
    private final Averaging averaging;
    private final boolean penalized;
    private final WeightNoise noise;
    private final LayerSums layers;
    private long steps;
    private long stepsOfRound;

    /**
     * @param step with the first parameters, the same in every replica
     * @param state of the optimiser, at its start values
     * @param blocks what the parameters are
     * @param exchange entered, not joined
     */
    public Learner(
            Step step,
            Optimizer optimizer,
            FlatVector state,
            List<ParameterBlock> blocks,
            TrainingSpec training,
            Exchange exchange) {
        this.step = step;
        this.optimizer = optimizer;
        this.state = state;
        this.exchange = exchange;
        this.policy = training.optimizerState();
        boolean averagesState = policy == OptimizerStatePolicy.AVERAGE && state.length() > 0;
        List<FlatVector> averaged = averagesState ? List.of(step.parameters(), state) : List.of(step.parameters());
        this.averaging = Averaging.of(exchange, averaged, blocks, training);
        this.noise = new WeightNoise(training.extras().weightNoise(), blocks);
        this.layers = new LayerSums(training.extras().recorded(), blocks);
        this.penalized = blocks.stream().anyMatch(b -> !b.penalty().isNone());
    }

    Step step() {
        return step;
    }

    /** Sums over no step of what is recorded of its layers. */
    LayerSums layers() {
        return layers.zero();
    }

    /** Takes the gradient of a batch, as {@link Step#train}. */
    void train(int rows, long seed) {
        noise.add(step.parameters(), seed);
        step.train(rows, seed);
        noise.remove(step.parameters());
    }

    /** What the weights cost now, added to the mean loss. */
    double penalty() {
        return penalized ? optimizer.penalty(step.parameters()) : 0;
    }

    /** Changes the parameters by the gradient of the last batch. */
    void update(double learningRate) {
        steps++;
        stepsOfRound++;
        optimizer.apply(step.parameters(), step.gradient(), state, steps, learningRate);
    }

    void join() {
        averaging.join();
        requireOneKindOfStep(exchange.gather(step.description().getBytes(StandardCharsets.UTF_8)));
    }

    /** Kernels, loops and instruction sets change bits: all replicas are to run the same. */
    private static void requireOneKindOfStep(List<byte[]> steps) {
        String first = new String(steps.get(0), StandardCharsets.UTF_8);
        for (int rank = 1; rank < steps.size(); rank++) {
            String other = new String(steps.get(rank), StandardCharsets.UTF_8);
            if (!other.equals(first)) {
                throw TrainingFailed.forGood("Cannot train one gang by different steps: replica " + rank + " runs "
                        + other + " (expected " + first + " as replica 0)");
            }
        }
    }

    /**
     * What a checkpoint must hold of it, beside {@link #steps}; names and order are the same in every replica. An averaging under way is settled first: ask just before
     * reading.
     */
    public List<StateVector> state() {
        List<StateVector> vectors = new ArrayList<>(averaging.state());
        boolean equal = averaging.makesEqual();
        vectors.add(new StateVector("parameters", step.parameters(), equal));
        if (state.length() > 0) {
            boolean shared = policy == OptimizerStatePolicy.AVERAGE ? equal : policy == OptimizerStatePolicy.RESET;
            vectors.add(new StateVector("optimizerState", state, shared));
        }
        return vectors;
    }

    /** Its own steps so far, or since the optimiser's state was reset. */
    long steps() {
        return steps;
    }

    /** Goes on from a checkpoint taken after an averaging, once the vectors of {@link #state} hold what it held. */
    void resume(long stepsBefore) {
        steps = stepsBefore;
        averaging.resume();
    }

    /** Ends a round with the gang's averaging, as {@link Averaging#end}. */
    RoundReport average(RoundEnd round) {
        RoundReport merged = averaging.end(round, stepsOfRound);
        stepsOfRound = 0;
        if (policy == OptimizerStatePolicy.RESET && !(averaging instanceof NoAveraging)) {
            optimizer.reset(state);
            steps = 0;
        }
        return merged;
    }

    /** Nanoseconds spent waiting for peers so far, in {@link #average} alone. */
    long waitingNanos() {
        return averaging.waitingNanos();
    }

    /** Ends what it has running; the step stays open. */
    void close() {
        averaging.close();
    }

    /** Whether all parameters are finite: a gradient can overflow in the last batch of an epoch, when no loss will tell. */
    boolean isFinite() {
        float[] chunk = new float[Math.min(4096, step.parameters().length())];
        for (int at = 0; at < step.parameters().length(); at += chunk.length) {
            int length = Math.min(chunk.length, step.parameters().length() - at);
            step.parameters().get(at, chunk, 0, length);
            float sum = 0;
            for (int i = 0; i < length; i++) {
                // 0, or NaN where the value is not finite
                sum += chunk[i] * 0;
            }
            if (Float.isNaN(sum)) {
                return false;
            }
        }
        return true;
    }
}
