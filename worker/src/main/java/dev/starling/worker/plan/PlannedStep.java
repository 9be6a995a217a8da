package dev.starling.worker.plan;

import dev.starling.worker.loops.Loops;
import dev.starling.worker.loops.LoopsChoice;
import dev.starling.worker.memory.Arena;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.step.Step;
import java.util.Optional;

/** The fast step: a plan for the full batch, and {@link RaggedPlans} for other numbers of rows (a ragged last batch), all over the same parameters, gradient and batch buffers. */
public final class PlannedStep implements Step {
    private final NetworkSpec network;
    private final NetworkLayout layout;
    private final int batchSize;
    private final Loops loops;
    private final boolean withOneDnn;
    private final Arena memory;
    private final FlatVector features;
    private final FlatVector targets;
    private final FlatVector outputs;
    private final FlatVector parameters;
    private final FlatVector gradient;
    private final Plan full;
    private final RaggedPlans ragged;
    private Plan last;

    /** @throws Unplannable with the reason why this network cannot be planned here */
    public PlannedStep(NetworkSpec network, int batchSize) throws Unplannable {
        this(network, batchSize, LoopsChoice.create(), OneDnn.isAvailable());
    }

    /**
     * Over vectors of the caller's, which another keeper of the network may change too.
     *
     * @param parameters as many as the layout's total, in its order
     * @param gradient likewise
     * @throws Unplannable with the reason why this network cannot be planned here
     */
    public PlannedStep(NetworkSpec network, int batchSize, FlatVector parameters, FlatVector gradient)
            throws Unplannable {
        this(network, batchSize, LoopsChoice.create(), OneDnn.isAvailable(), new Arena(), parameters, gradient);
    }

    PlannedStep(NetworkSpec network, int batchSize, Loops loops, boolean oneDnn) throws Unplannable {
        this(network, batchSize, loops, oneDnn, new Arena());
    }

    private PlannedStep(NetworkSpec network, int batchSize, Loops loops, boolean oneDnn, Arena memory)
            throws Unplannable {
        this(network, batchSize, loops, oneDnn, memory, vector(network, memory), vector(network, memory));
    }

    private static FlatVector vector(NetworkSpec network, Arena memory) {
        return memory.allocate(NetworkLayout.of(network).total());
    }

    private PlannedStep(
            NetworkSpec network,
            int batchSize,
            Loops loops,
            boolean oneDnn,
            Arena memory,
            FlatVector parameters,
            FlatVector gradient)
            throws Unplannable {
        this.memory = memory;
        this.withOneDnn = oneDnn;
        this.network = network;
        this.layout = NetworkLayout.of(network);
        this.batchSize = batchSize;
        this.loops = loops;
        int inputs = network.input().size();
        int outputs = layout.output().size();
        this.features = memory.allocate(Math.multiplyExact(batchSize, inputs));
        this.targets = memory.allocate(Math.multiplyExact(batchSize, outputs));
        this.outputs = memory.allocate(Math.multiplyExact(batchSize, outputs));
        this.parameters = parameters;
        this.gradient = gradient;
        this.full = planOrFree();
        this.ragged = new RaggedPlans(full, batchSize, this::planRagged);
        this.last = full;
    }

    private Plan planOrFree() throws Unplannable {
        try {
            return plan(batchSize);
        } catch (Unplannable | RuntimeException e) {
            memory.close();
            throw e;
        }
    }

    private Plan plan(int rows) throws Unplannable {
        Arena own = new Arena();
        Optional<OneDnn> oneDnn = withOneDnn ? Optional.of(new OneDnn(own)) : Optional.empty();
        try {
            return Planner.plan(
                    network, layout, new Planning(rows, parameters, gradient, oneDnn, loops, own), features);
        } catch (Unplannable | RuntimeException e) {
            oneDnn.ifPresent(OneDnn::close);
            own.close();
            throw e;
        }
    }

    private Plan planFor(int rows) {
        memory.requireOpen();
        if (rows == batchSize) {
            return full;
        }
        if (rows < 1 || rows > batchSize) {
            throw new IllegalArgumentException(
                    "Cannot run a batch of " + rows + " rows (expected 1 to " + batchSize + ")");
        }
        return ragged.of(rows);
    }

    private Plan planRagged(int rows) {
        try {
            return plan(rows);
        } catch (Unplannable e) {
            throw new IllegalStateException("Cannot plan a batch of " + rows + " rows where " + batchSize + " went", e);
        }
    }

    @Override
    public void train(int rows, long seed) {
        last = planFor(rows);
        last.train(targets, outputs, seed);
    }

    @Override
    public void infer(int rows) {
        last = planFor(rows);
        last.infer(outputs);
    }

    @Override
    public double activityPenalty() {
        return last.activityPenalty();
    }

    @Override
    public int batchSize() {
        return batchSize;
    }

    @Override
    public FlatVector features() {
        return features;
    }

    @Override
    public FlatVector targets() {
        return targets;
    }

    @Override
    public FlatVector outputs() {
        return outputs;
    }

    @Override
    public FlatVector parameters() {
        return parameters;
    }

    @Override
    public FlatVector gradient() {
        return gradient;
    }

    /** For tests: memory outside the heap between the layers, of the full plan and of all. */
    long[] bytes() {
        return new long[] {full.bytes(), full.bytes() + ragged.bytes()};
    }

    /** For tests: the kernels of the full batch. */
    java.util.List<Kernel> kernels() {
        return full.kernels();
    }

    @Override
    public String description() {
        return "planned: loops " + loops.description() + "; " + InstructionSet.name() + "; " + full.implementations();
    }

    @Override
    public void close() {
        full.close();
        ragged.close();
        memory.close();
    }
}
