package dev.starling.driver.dl4j;

import dev.starling.driver.training.Meeting;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.dl4j.Batches;
import dev.starling.worker.dl4j.FitOutcome;
import dev.starling.worker.dl4j.FitReplica;
import dev.starling.worker.dl4j.FitSpec;
import dev.starling.worker.dl4j.NetworkCopy;
import dev.starling.worker.dl4j.StepWatcher;
import dev.starling.worker.exchange.Exchange;
import dev.starling.worker.exchange.TrainingFailed;
import dev.starling.worker.step.SingleThread;
import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.core.storage.listener.RoutingIterationListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.spark.api.TrainingHook;
import org.deeplearning4j.spark.impl.listeners.VanillaStatsStorageRouter;
import scala.collection.JavaConverters;
import scala.runtime.AbstractFunction1;

/** One task of the barrier stage: a replica through one fit. Listeners and hooks are this task's own copies, for Spark deserializes each task for itself. */
final class FitTask extends AbstractFunction1<scala.collection.Iterator<byte[]>, scala.collection.Iterator<byte[]>>
        implements Serializable {
    private static final long serialVersionUID = 1;

    private final String run;
    private final int replicas;
    private final FitSpec spec;
    private final boolean oneJvm;
    private final Duration peerTimeout;
    private final Broadcast<byte[]> network;
    private final Attendants attendants;

    /**
     * Who is told of a replica's steps.
     *
     * @param routes whether what listeners send to a router goes to the driver
     */
    record Attendants(List<TrainingListener> listeners, List<TrainingHook> hooks, boolean routes)
            implements Serializable {}

    /**
     * @param oneJvm whether all replicas are known to be in one JVM
     * @param network a {@link NetworkCopy}, serialized
     */
    FitTask(
            String run,
            int replicas,
            FitSpec spec,
            boolean oneJvm,
            Duration peerTimeout,
            Broadcast<byte[]> network,
            Attendants attendants) {
        this.run = run;
        this.replicas = replicas;
        this.spec = spec;
        this.oneJvm = oneJvm;
        this.peerTimeout = peerTimeout;
        this.network = network;
        this.attendants = attendants;
    }

    @Override
    public scala.collection.Iterator<byte[]> apply(scala.collection.Iterator<byte[]> frames) {
        byte[] result = run(JavaConverters.asJavaIterator(frames)).toBytes();
        return JavaConverters.asScalaIterator(List.of(result).iterator());
    }

    private FitResult run(Iterator<byte[]> frames) {
        int rank = TaskContext.getPartitionId();
        try (Meeting meeting = Meeting.enter(run, rank, replicas, oneJvm, peerTimeout)) {
            try {
                return train(rank, meeting.exchange(), frames);
            } catch (RuntimeException | Error e) {
                meeting.exchange().fail(e);
                return failed(e);
            }
        } catch (RuntimeException e) {
            return failed(e);
        }
    }

    private static FitResult.Failed failed(Throwable e) {
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        boolean clear = e instanceof TrainingFailed || e instanceof InvalidInput;
        boolean ofPeer = e instanceof TrainingFailed && e.getCause() instanceof TrainingFailed;
        return new FitResult.Failed(ofPeer, clear ? e.getMessage() : "Cannot train: " + e, trace.toString());
    }

    private FitResult train(int rank, Exchange exchange, Iterator<byte[]> frames) {
        try (SingleThread threads = SingleThread.begin()) {
            VanillaStatsStorageRouter router = new VanillaStatsStorageRouter();
            if (attendants.routes()) {
                attendants.listeners().stream()
                        .filter(RoutingIterationListener.class::isInstance)
                        .forEach(listener -> route((RoutingIterationListener) listener, router, rank));
            }
            NetworkCopy copy = FitResult.deserialize(network.value(), NetworkCopy.class);
            boolean watched =
                    !attendants.listeners().isEmpty() || !attendants.hooks().isEmpty();
            StepWatcher watcher = watched ? new HooksWatcher(attendants.hooks()) : StepWatcher.NONE;
            try (FitReplica replica = new FitReplica(
                    exchange, spec, copy, new Batches(frames, spec.batchSize()), attendants.listeners(), watcher)) {
                FitOutcome outcome = replica.run();
                return new FitResult.Done(
                        outcome,
                        rank == 0 ? replica.parameters() : new float[0],
                        rank == 0 ? replica.updaterState() : new float[0],
                        new FitResult.Routed(router.getStorageMetaData(), router.getStaticInfo(), router.getUpdates()),
                        where(),
                        Slower.here(threads.before()));
            }
        }
    }

    private static void route(RoutingIterationListener listener, VanillaStatsStorageRouter router, int rank) {
        listener.setStorageRouter(router);
        listener.setWorkerID(SparkEnv.get().executorId() + "_" + rank);
    }

    private static FitResult.Where where() {
        SparkEnv spark = SparkEnv.get();
        return new FitResult.Where(
                spark.blockManager().blockManagerId().host(),
                spark.executorId(),
                Thread.currentThread().getId());
    }
}
