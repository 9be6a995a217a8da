package dev.starling.driver.selection.pool;

import dev.starling.driver.transport.DriverConnection;
import dev.starling.worker.gang.EpochReport;
import org.apache.spark.TaskContext;

/** What a unit asks of the driver while it runs. */
record Line(DriverConnection connection, TaskContext context) {
    /** The driver cannot be reached, or Spark ends the task: no failure of the unit. */
    static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1;

        Broken(RuntimeException cause) {
            super(cause.getMessage(), cause);
        }
    }

    RowChoice rows(int number) {
        try {
            return Reply.rows(connection.ask(new Request.Rows(number).toBytes()));
        } catch (RuntimeException e) {
            throw new Broken(e);
        }
    }

    /** Whether the unit goes on. */
    boolean epoch(EpochReport report) {
        try {
            return Reply.goOn(connection.ask(new Request.Epoch(report).toBytes()));
        } catch (RuntimeException e) {
            throw new Broken(e);
        }
    }

    /** Throws if Spark ends the task. */
    void check() {
        try {
            context.killTaskIfInterrupted();
        } catch (RuntimeException e) {
            throw new Broken(e);
        }
    }
}
