package dev.starling.driver.selection.pool;

import dev.starling.driver.selection.pool.UnitFailure.Cause;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.exchange.TrainingFailed;
import java.io.PrintWriter;
import java.io.StringWriter;

/** From what a unit threw to why it failed. */
final class Failures {
    private Failures() {}

    static UnitFailure of(Unit unit, Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        if (thrown instanceof InvalidInput) {
            return new UnitFailure(Cause.INVALID, thrown.getMessage(), trace.toString());
        }
        if (thrown instanceof TrainingFailed) {
            return new UnitFailure(Cause.NOT_FINITE, thrown.getMessage(), trace.toString());
        }
        if (thrown instanceof OutOfMemoryError) {
            String message = "Cannot train " + unit.label() + ": not enough memory, " + thrown.getMessage()
                    + " (expected a smaller network or batch, or more by spark.executor.memory)";
            return new UnitFailure(Cause.OUT_OF_MEMORY, message, trace.toString());
        }
        return new UnitFailure(Cause.OTHER, "Cannot train " + unit.label() + ": " + thrown, trace.toString());
    }
}
