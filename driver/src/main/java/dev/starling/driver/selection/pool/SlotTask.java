package dev.starling.driver.selection.pool;

import dev.starling.driver.cluster.TaskDevice;
import dev.starling.driver.data.ParsedBlock;
import dev.starling.driver.data.RawData;
import dev.starling.driver.selection.pool.UnitSource.Answer;
import dev.starling.driver.transport.DriverConnection;
import dev.starling.driver.transport.DriverServer;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.util.SerializableConfiguration;

/** What the task of a slot does: asks the driver for a unit, runs it, reports, until there is nothing any more. */
final class SlotTask implements Serializable {
    private static final long serialVersionUID = 1;

    private static final long FIRST_WAIT_MILLIS = 5;
    private static final long LONGEST_WAIT_MILLIS = 100;

    private final String pool;
    private final ArrayList<RawData.Assembly> assemblies;
    private final DriverServer.Address driver;
    private final SerializableConfiguration hadoop;

    SlotTask(
            String pool,
            List<RawData.Assembly> assemblies,
            DriverServer.Address driver,
            SerializableConfiguration hadoop) {
        this.pool = pool;
        this.assemblies = new ArrayList<>(assemblies);
        this.driver = driver;
        this.hadoop = hadoop;
    }

    /** @param blocks by the data's number all of its blocks, asked for by the first slot of a JVM alone */
    void run(int slot, TaskContext context, IntFunction<List<ParsedBlock>> blocks) {
        TaskDevice.attach();
        try (Leases leases = new Leases(pool, assemblies, blocks, spill());
                DriverConnection connection = DriverConnection.to(driver, "to ask for work");
                Bench bench = new Bench(leases, new UnitFiles(hadoop.value()), new Line(connection, context))) {
            String executor = "executor " + SparkEnv.get().executorId();
            connection.ask(new Request.Hello(slot, executor).toBytes());
            loop(bench, connection, context);
        }
    }

    private static Path spill() {
        return SparkEnv.get().blockManager().diskBlockManager().localDirs()[0].toPath();
    }

    private static void loop(Bench bench, DriverConnection connection, TaskContext context) {
        Request request = new Request.Next();
        long wait = FIRST_WAIT_MILLIS;
        long longest = LONGEST_WAIT_MILLIS;
        while (true) {
            context.killTaskIfInterrupted();
            Answer answer = Reply.answer(connection.ask(request.toBytes()));
            if (answer instanceof Answer.Done) {
                return;
            }
            if (answer instanceof Answer.Run run) {
                long start = System.nanoTime();
                request = attempt(bench, run.unit());
                longest = longestWait(System.nanoTime() - start);
                wait = FIRST_WAIT_MILLIS;
            } else {
                sleep(Math.min(wait, longest));
                wait = Math.min(2 * wait, LONGEST_WAIT_MILLIS);
                request = new Request.Next();
            }
        }
    }

    /** Short beside what units take, so that the end of a pool of small units is not waited for. */
    private static long longestWait(long unitNanos) {
        return Math.max(FIRST_WAIT_MILLIS, Math.min(LONGEST_WAIT_MILLIS, unitNanos / 10_000_000));
    }

    /** Whatever a unit does to itself is a value; the slot goes on. */
    private static Request attempt(Bench bench, Unit unit) {
        try {
            return new Request.Finished(bench.run(unit));
        } catch (Line.Broken e) {
            throw e;
        } catch (Throwable e) {
            bench.clear();
            return new Request.Failed(Failures.of(unit, e));
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Cannot wait for work: interrupted", e);
        }
    }
}
