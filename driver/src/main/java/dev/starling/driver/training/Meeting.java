package dev.starling.driver.training;

import dev.starling.driver.transport.SparkTransport;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.exchange.Exchange;
import dev.starling.worker.exchange.GangRegistry;
import dev.starling.worker.exchange.Rendezvous;
import dev.starling.worker.exchange.TrainingFailed;
import dev.starling.worker.wire.Wiring;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;

/**
 * How a replica finds its gang: through the barrier's {@code allGather}, once, since that polls once a second; where all replicas are known to be in one JVM, without
 * it. Closed when the replica is done.
 */
public final class Meeting implements AutoCloseable {
    /** A batch of a large network on a slow core stays well within it; a replica that fails says so at once. */
    private static final Duration SILENCE = Duration.ofMinutes(10);

    /** A core's worth of copying and summing for each executor; its replicas wait meanwhile. */
    private static final int TRANSPORT_THREADS = 1;

    private final Exchange exchange;
    private final Optional<Rendezvous> rendezvous;

    private Meeting(Exchange exchange, Optional<Rendezvous> rendezvous) {
        this.exchange = exchange;
        this.rendezvous = rendezvous;
    }

    /**
     * On the thread of a task of a barrier stage, which has one task per replica and has not used the barrier yet.
     *
     * @param run id of this attempt at training
     * @param oneJvm whether all replicas are known to be in one JVM
     * @param peerTimeout after which a JVM from which not even a beat comes is given up: it is frozen, cut off or dead
     * @throws TrainingFailed if the executors cannot reach each other
     */
    public static Meeting enter(String run, int rank, int replicas, boolean oneJvm, Duration peerTimeout) {
        if (oneJvm || replicas == 1) {
            return new Meeting(GangRegistry.enter(run, rank, replicas, SILENCE), Optional.empty());
        }
        String host = SparkEnv.get().blockManager().blockManagerId().host();
        Rendezvous rendezvous = Rendezvous.open(run, rank, Meeting::wiring, host);
        try {
            String card = rendezvous.card(SparkEnv.get().executorId(), host);
            List<String> cards = List.of(BarrierTaskContext.get().allGather(card));
            return new Meeting(rendezvous.enter(cards, SILENCE, peerTimeout), Optional.of(rendezvous));
        } catch (RuntimeException | Error e) {
            rendezvous.close();
            throw e;
        }
    }

    /**
     * Before anything runs, in the driver.
     *
     * @throws InvalidInput if the application's settings do not let replicas average between executors
     */
    public static void check(SparkContext spark, int replicas) {
        if (!spark.isLocal() && replicas > 1) {
            Wiring.check(SparkTransport.settings(spark.conf()));
        }
    }

    private static Wiring wiring() {
        SparkConf conf = SparkEnv.get().conf();
        var security = SparkEnv.get().securityManager();
        Optional<Wiring.Guard> guard = security.isAuthenticationEnabled()
                ? Optional.of(new Wiring.Guard(conf.getAppId(), security))
                : Optional.empty();
        return Wiring.of(SparkTransport.settings(conf), guard, TRANSPORT_THREADS);
    }

    /** Not joined yet. */
    public Exchange exchange() {
        return exchange;
    }

    @Override
    public void close() {
        try {
            exchange.close();
        } finally {
            rendezvous.ifPresent(Rendezvous::close);
        }
    }
}
