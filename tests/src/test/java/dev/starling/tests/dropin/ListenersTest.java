package dev.starling.tests.dropin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.driver.dl4j.StarlingTrainingMaster;
import dev.starling.worker.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.core.storage.impl.CollectionStatsStorageRouter;
import org.deeplearning4j.core.storage.listener.RoutingIterationListener;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.spark.api.stats.SparkTrainingStats;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.nd4j.linalg.learning.config.Sgd;

/** Listeners and hooks see each replica's local steps on copies of their own; what a routing listener sends arrives at the driver's router. */
@ExtendWith(PlainSpark.class)
class ListenersTest {
    private static final int BATCH = 8;
    private static final Queue<String> CALLS = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void forget() {
        CALLS.clear();
        ExamplesSeen.reset();
    }

    private static SparkDl4jMultiLayer network(JavaSparkContext spark, StarlingTrainingMaster master) {
        return new SparkDl4jMultiLayer(spark, Networks.layers(new Sgd(0.1)), master);
    }

    private static StarlingTrainingMaster master() {
        return StarlingTrainingMaster.builder(2, BATCH)
                .batchSizePerWorker(BATCH)
                .averagingFrequency(2)
                .build();
    }

    private static void fit(JavaSparkContext spark, SparkDl4jMultiLayer network) {
        network.fit(spark.parallelize(Waves.sets(6 * BATCH, BATCH), 2));
    }

    /** Tells what it sees, and on how many steps this copy of it looked. */
    private static class Teller extends BaseTrainingListener implements java.io.Serializable {
        private static final long serialVersionUID = 1;

        private int steps;

        @Override
        public void iterationDone(Model model, int iteration, int epoch) {
            CALLS.add(iteration + "/" + epoch + "/" + ++steps);
        }
    }

    @Test
    void eachReplicasCopyOfAListenerSeesItsLocalSteps(JavaSparkContext spark) {
        SparkDl4jMultiLayer network = network(spark, master());
        network.setListeners(new Teller());
        fit(spark, network);
        fit(spark, network);
        List<String> expected = new ArrayList<>();
        for (int replica = 0; replica < 2; replica++) {
            expected.addAll(List.of("0/0/1", "1/0/2", "2/0/3", "3/1/1", "4/1/2", "5/1/3"));
        }
        assertThat(CALLS).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void hooksAreCalledAroundEachStepUntilTheyAreRemoved(JavaSparkContext spark) {
        StarlingTrainingMaster master = master();
        ExamplesSeen hook = new ExamplesSeen();
        master.addHook(hook);
        SparkDl4jMultiLayer network = network(spark, master);
        fit(spark, network);
        assertThat(ExamplesSeen.BATCHES).hasSize(6);
        master.removeHook(hook);
        fit(spark, network);
        assertThat(ExamplesSeen.BATCHES).hasSize(6);
    }

    /** Sends a record at each step. */
    private static final class Router extends Teller implements RoutingIterationListener {
        private static final long serialVersionUID = 1;

        private transient StatsStorageRouter router;
        private String worker = "";

        @Override
        public void iterationDone(Model model, int iteration, int epoch) {
            router.putUpdate(new Update(worker, iteration));
        }

        @Override
        public void setStorageRouter(StatsStorageRouter router) {
            this.router = router;
        }

        @Override
        public StatsStorageRouter getStorageRouter() {
            return router;
        }

        @Override
        public void setWorkerID(String workerID) {
            worker = workerID;
        }

        @Override
        public String getWorkerID() {
            return worker;
        }

        @Override
        public void setSessionID(String sessionID) {}

        @Override
        public String getSessionID() {
            return "session";
        }

        @Override
        public RoutingIterationListener clone() {
            return new Router();
        }
    }

    /** A record of the user's. */
    private record Update(String worker, int iteration) implements Persistable {
        @Override
        public String getSessionID() {
            return "session";
        }

        @Override
        public String getTypeID() {
            return "steps";
        }

        @Override
        public String getWorkerID() {
            return worker;
        }

        @Override
        public long getTimeStamp() {
            return iteration;
        }

        @Override
        public int encodingLengthBytes() {
            return 0;
        }

        @Override
        public byte[] encode() {
            return new byte[0];
        }

        @Override
        public void encode(java.nio.ByteBuffer buffer) {}

        @Override
        public void encode(java.io.OutputStream outputStream) {}

        @Override
        public void decode(byte[] decode) {}

        @Override
        public void decode(java.nio.ByteBuffer buffer) {}

        @Override
        public void decode(java.io.InputStream inputStream) {}
    }

    @Test
    void whatARoutingListenerSendsArrivesAtTheDriversRouter(JavaSparkContext spark) {
        SparkDl4jMultiLayer network = network(spark, master());
        List<Persistable> updates = new ArrayList<>();
        network.setListeners(
                new CollectionStatsStorageRouter(new ArrayList<>(), new ArrayList<>(), updates), new Router());
        fit(spark, network);
        assertThat(updates)
                .containsExactly(
                        new Update("driver_0", 0),
                        new Update("driver_0", 1),
                        new Update("driver_0", 2),
                        new Update("driver_1", 0),
                        new Update("driver_1", 1),
                        new Update("driver_1", 2));
    }

    @Test
    void aListenerThatCannotTravelIsNamed(JavaSparkContext spark) {
        SparkDl4jMultiLayer network = network(spark, master());
        network.setListeners(new BaseTrainingListener() {});
        assertThatThrownBy(() -> fit(spark, network))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("Cannot send listener " + ListenersTest.class.getName() + "$")
                .hasMessageEndingWith("(expected it to be serializable: each replica has a copy)");
    }

    @Test
    void statisticsTellOfEachReplicaAndFit(JavaSparkContext spark) {
        SparkDl4jMultiLayer network = network(spark, master());
        fit(spark, network);
        assertThat(network.getSparkTrainingStats()).isNull();
        network.setCollectTrainingStats(true);
        fit(spark, network);
        fit(spark, network);
        SparkTrainingStats stats = network.getSparkTrainingStats();
        assertThat(stats.getKeySet()).contains("StarlingTrainingTimesMs", "StarlingAveragingTimesMs");
        assertThat(stats.getValue("StarlingTrainingTimesMs"))
                .hasSize(4)
                .allSatisfy(event -> assertThat(event.getStartTime()).isPositive());
        assertThat(stats.statsAsString()).contains("StarlingWaitingTimesMs");
        network.setCollectTrainingStats(false);
        assertThat(network.getSparkTrainingStats()).isNull();
    }
}
