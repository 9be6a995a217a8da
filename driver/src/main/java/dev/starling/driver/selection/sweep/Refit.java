package dev.starling.driver.selection.sweep;

import dev.starling.driver.selection.pool.RowChoice;
import dev.starling.driver.selection.pool.Unit;
import dev.starling.driver.selection.pool.UnitFailure;
import dev.starling.driver.selection.pool.UnitFailure.Cause;
import dev.starling.driver.selection.pool.UnitResult;
import dev.starling.driver.selection.pool.UnitSource;
import dev.starling.worker.exchange.TrainingFailed;
import java.util.Optional;

/** One unit, tried again where its executor died. */
final class Refit implements UnitSource {
    private static final int ATTEMPTS = 3;

    private final Unit unit;
    private final RowChoice rows;
    private int attempts;
    private boolean running;
    private Optional<UnitResult> result = Optional.empty();

    Refit(Unit unit, RowChoice rows) {
        this.unit = unit;
        this.rows = rows;
    }

    @Override
    public Answer next(int slot) {
        if (result.isPresent()) {
            return new Answer.Done();
        }
        if (running) {
            return new Answer.Wait();
        }
        running = true;
        attempts++;
        return new Answer.Run(unit);
    }

    @Override
    public RowChoice rows(int number) {
        return rows;
    }

    @Override
    public void finished(Unit done, UnitResult found) {
        result = Optional.of(found);
    }

    @Override
    public void failed(Unit broken, UnitFailure failure) {
        running = false;
        if (failure.cause() != Cause.EXECUTOR_LOST || attempts >= ATTEMPTS) {
            throw new TrainingFailed("Cannot train the best trial on all rows: " + failure.message());
        }
    }

    UnitResult result() {
        return result.orElseThrow();
    }
}
