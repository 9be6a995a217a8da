package dev.starling.driver.training;

import dev.starling.driver.training.ProgressListener.RoundProgress;
import dev.starling.driver.transport.DriverConnection;
import dev.starling.worker.gang.EpochReport;
import dev.starling.worker.gang.GangPlan;
import dev.starling.worker.gang.ProgressSink;
import java.nio.ByteBuffer;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.spark.network.client.RpcResponseCallback;

/**
 * Rank 0's way to the driver: at most five rounds and five epochs a second, and the last epoch; answers say whether to stop. Sending never waits, and a message that
 * is lost is only a picture less: if the driver itself is gone, Spark ends the task.
 */
final class ProgressSender implements ProgressSink, BooleanSupplier, AutoCloseable {
    private static final long PAUSE_NANOS = 200_000_000;
    private static final long LAST_ANSWERS_SECONDS = 2;
    /** Unanswered messages beyond which no more are sent: the driver is not listening. */
    private static final int MOST_OUTSTANDING = 1000;

    private final DriverConnection connection;
    private final GangPlan plan;
    private final int epochs;
    /** Messages without an answer, and this object itself. */
    private final Phaser outstanding = new Phaser(1);

    private volatile boolean stop;
    private long epochBegan = System.nanoTime();
    private long sent = epochBegan - PAUSE_NANOS;
    private long epochSent = sent;

    ProgressSender(DriverConnection connection, GangPlan plan, int epochs) {
        this.connection = connection;
        this.plan = plan;
        this.epochs = epochs;
    }

    @Override
    public void round(int epoch, int round, long examples, double loss) {
        long now = System.nanoTime();
        if (now - sent < PAUSE_NANOS) {
            return;
        }
        sent = now;
        double seconds = (now - epochBegan) / 1e9;
        send(new ProgressMessage.Round(new RoundProgress(
                epoch, epochs, round, plan.rounds(epoch - 1), examples, plan.examples(), loss, examples / seconds)));
    }

    @Override
    public void epoch(EpochReport report) {
        long now = System.nanoTime();
        epochBegan = now;
        if (now - epochSent < PAUSE_NANOS && report.epoch() < epochs) {
            return;
        }
        epochSent = now;
        send(new ProgressMessage.Epoch(report));
    }

    private void send(ProgressMessage message) {
        if (outstanding.getRegisteredParties() > MOST_OUTSTANDING) {
            return;
        }
        outstanding.register();
        connection.tell(message.toBytes(), new RpcResponseCallback() {
            @Override
            public void onSuccess(ByteBuffer response) {
                outstanding.arriveAndDeregister();
                if (response.get(response.position()) != 0) {
                    stop = true;
                }
            }

            @Override
            public void onFailure(Throwable cause) {
                outstanding.arriveAndDeregister();
            }
        });
    }

    /** Whether the driver has asked for a stop. */
    @Override
    public boolean getAsBoolean() {
        return stop;
    }

    /** Waits for the last answers, but not long, so that the driver hears of the last epoch before training ends. */
    @Override
    public void close() {
        try {
            outstanding.awaitAdvanceInterruptibly(outstanding.arrive(), LAST_ANSWERS_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            // The driver is busy with what it was told; the result will tell it the rest.
        } finally {
            connection.close();
        }
    }
}
