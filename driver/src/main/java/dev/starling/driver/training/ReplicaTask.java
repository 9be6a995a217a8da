package dev.starling.driver.training;

import dev.starling.driver.cluster.TaskDevice;
import dev.starling.driver.store.StoredModel;
import dev.starling.driver.transport.DriverConnection;
import dev.starling.worker.data.ExampleBlock;
import dev.starling.worker.data.RowChunk;
import dev.starling.worker.data.Seeds;
import dev.starling.worker.data.Split;
import dev.starling.worker.data.TargetCoding;
import dev.starling.worker.exchange.Exchange;
import dev.starling.worker.gang.AugmentedExamples;
import dev.starling.worker.gang.Checkpoints;
import dev.starling.worker.gang.ChunkExamples;
import dev.starling.worker.gang.DealtExamples;
import dev.starling.worker.gang.Examples;
import dev.starling.worker.gang.Learner;
import dev.starling.worker.gang.Outcome;
import dev.starling.worker.gang.ProgressSink;
import dev.starling.worker.gang.Replica;
import dev.starling.worker.gang.ReplicaData;
import dev.starling.worker.gang.TrainingSpec;
import dev.starling.worker.gang.ValidationBlock;
import dev.starling.worker.memory.Arena;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.metrics.Scoring;
import dev.starling.worker.network.Heritage;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.ParameterInitializer;
import dev.starling.worker.optimizer.Optimizer;
import dev.starling.worker.plan.StepFactory;
import dev.starling.worker.step.Step;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import scala.collection.JavaConverters;
import scala.runtime.AbstractFunction1;

/** One task of the barrier stage: takes in its partition, is a replica through all epochs, and gives back one result. */
final class ReplicaTask
        extends AbstractFunction1<scala.collection.Iterator<RowChunk>, scala.collection.Iterator<byte[]>>
        implements Serializable {
    private static final long serialVersionUID = 1;

    /** Of a JVM's heap, what the examples of all its replicas may take before they go to a memory-mapped file. */
    private static final double HEAP_SHARE = 0.25;

    private final GangSpec gang;

    ReplicaTask(GangSpec gang) {
        this.gang = gang;
    }

    @Override
    public scala.collection.Iterator<byte[]> apply(scala.collection.Iterator<RowChunk> chunks) {
        byte[] result = run(JavaConverters.asJavaIterator(chunks)).toBytes();
        return JavaConverters.asScalaIterator(List.of(result).iterator());
    }

    private TaskResult run(Iterator<RowChunk> chunks) {
        int rank = TaskContext.getPartitionId();
        Duration peerTimeout = gang.keeping().faults().peerTimeout();
        try (Meeting meeting = Meeting.enter(gang.run(), rank, gang.replicas(), gang.oneJvm(), peerTimeout)) {
            try {
                return train(rank, meeting.exchange(), chunks);
            } catch (RuntimeException | Error e) {
                meeting.exchange().fail(e);
                return failed(e, rank);
            }
        } catch (RuntimeException e) {
            return failed(e, rank);
        }
    }

    private static TaskResult.Failed failed(Throwable e, int rank) {
        String executor = SparkEnv.get().executorId() + " ("
                + SparkEnv.get().blockManager().blockManagerId().host() + ")";
        return ReplicaFailure.of(e, rank, executor);
    }

    private TaskResult train(int rank, Exchange exchange, Iterator<RowChunk> chunks) {
        TrainingSpec training = gang.training();
        String device = TaskDevice.attach();
        NetworkLayout layout = NetworkLayout.of(gang.network());
        int outputs = layout.output().size();
        TargetCoding coding = TargetCoding.of(gang.preparation(), gang.network(), outputs);
        Scoring scoring = Scoring.of(gang.network(), gang.preparation().target());
        try (ExampleBlock block = allocate(rank);
                Arena memory = new Arena();
                Step step = StepFactory.create(gang.network(), training.batchSize(), training.step())) {
            Map<String, String> facts = MachineFacts.checked(step.description());
            List<ValidationBlock> validation = take(chunks, block, coding, exchange);
            if (gang.start().length > 0) {
                step.parameters().set(gang.start());
            } else {
                ParameterInitializer.initialize(
                        layout, Seeds.derive(training.seed(), Seeds.Purpose.INITIALIZE), step.parameters());
            }
            Heritage heritage = gang.network().heritage();
            if (heritage.hasModel()) {
                float[] model =
                        StoredModel.parameters(heritage.model(), gang.hadoop().value());
                heritage.copy(model, layout, step.parameters());
            }
            Optimizer optimizer = new Optimizer(training.optimizer(), training.clipping(), layout);
            FlatVector state = memory.allocate(optimizer.stateLength());
            optimizer.reset(state);
            Learner learner = new Learner(step, optimizer, state, layout.blocks(), training, exchange);
            Examples examples = AugmentedExamples.of(
                    new DealtExamples(block, coding),
                    training,
                    gang.network().input(),
                    gang.preparation().target(),
                    // Its place in the order by which all examples are dealt, whatever the number of replicas.
                    number -> (long) number * gang.replicas() + rank);
            ReplicaData data = new ReplicaData(examples, validation, gang.hasValidation(), scoring);
            Outcome outcome = train(exchange, learner, data);
            return rank == 0
                    ? new TaskResult.Trained(outcome, step.parameters().toArray(), state.toArray(), facts, device)
                    : new TaskResult.Peer(device);
        }
    }

    private Outcome train(Exchange exchange, Learner learner, ReplicaData data) {
        try (Checkpoints checkpoints = gang.keeping().open(gang.run(), exchange.rank(), gang.replicas())) {
            if (exchange.rank() != 0) {
                return replica(exchange, learner, data, ProgressSink.NONE, () -> false, checkpoints)
                        .run();
            }
            DriverConnection connection = DriverConnection.to(gang.driver(), "for progress");
            try (ProgressSender sender =
                    new ProgressSender(connection, gang.plan(), gang.training().epochs())) {
                return replica(exchange, learner, data, sender, sender, checkpoints)
                        .run();
            }
        }
    }

    private Replica replica(
            Exchange exchange,
            Learner learner,
            ReplicaData data,
            ProgressSink sink,
            BooleanSupplier stop,
            Checkpoints checkpoints) {
        return new Replica(exchange, gang.plan(), gang.training(), learner, data, sink, stop, checkpoints);
    }

    private ExampleBlock allocate(int rank) {
        Path spill =
                SparkEnv.get().blockManager().diskBlockManager().localDirs()[0].toPath();
        long limit = (long) (Runtime.getRuntime().maxMemory() * HEAP_SHARE / gang.replicas());
        return ExampleBlock.allocate(
                gang.rows()[rank],
                gang.preparation().featureSize(),
                gang.preparation().target().storedSize(),
                spill,
                limit);
    }

    /** Puts training rows into the block; gives back the validation blocks, in order. */
    private List<ValidationBlock> take(
            Iterator<RowChunk> chunks, ExampleBlock block, TargetCoding coding, Exchange exchange) {
        List<ValidationBlock> validation = new ArrayList<>();
        int featureSize = gang.preparation().featureSize();
        while (chunks.hasNext()) {
            RowChunk chunk = chunks.next();
            exchange.beat();
            if (chunk.split() == Split.TRAIN) {
                block.put(chunk);
            } else {
                validation.add(new ValidationBlock(chunk.block(), new ChunkExamples(chunk, featureSize, coding)));
            }
        }
        block.requireComplete();
        validation.sort(Comparator.comparingInt(ValidationBlock::number));
        return validation;
    }
}
