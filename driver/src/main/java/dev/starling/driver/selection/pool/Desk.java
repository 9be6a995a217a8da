package dev.starling.driver.selection.pool;

import dev.starling.driver.selection.pool.UnitSource.Answer;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where slots ask and report: keeps who runs what, so that a connection that ends in the middle of a unit is that unit's failure. Once the source itself has thrown, everybody is
 * told Done. Thread-safe; the source is called under its lock.
 */
final class Desk {
    private final UnitSource source;
    private final Map<Object, Worker> workers = new HashMap<>();
    private RuntimeException broken;
    private long events;

    Desk(UnitSource source) {
        this.source = source;
    }

    private static final class Worker {
        private final int slot;
        private final String executor;
        private Optional<Unit> running = Optional.empty();

        private Worker(int slot, String executor) {
            this.slot = slot;
            this.executor = executor;
        }
    }

    /** @param connection by which the slot is known */
    synchronized ByteBuffer answer(Object connection, Request request) {
        try {
            if (request instanceof Request.Hello hello) {
                workers.put(connection, new Worker(hello.slot(), hello.executor()));
                return ByteBuffer.allocate(0);
            }
            if (request instanceof Request.Rows rows) {
                return Reply.of(source.rows(rows.number()));
            }
            Worker worker = workers.get(connection);
            if (request instanceof Request.Epoch epoch) {
                return Reply.of(broken == null && source.epoch(worker.running.orElseThrow(), epoch.report()));
            }
            report(worker, request);
            return Reply.of(next(worker));
        } catch (RuntimeException e) {
            broken = broken == null ? e : broken;
            return Reply.of(new Answer.Done());
        }
    }

    private void report(Worker worker, Request request) {
        Optional<Unit> ended = worker.running;
        worker.running = Optional.empty();
        if (broken != null) {
            return;
        }
        if (request instanceof Request.Finished finished) {
            events++;
            source.finished(ended.orElseThrow(), finished.result());
        } else if (request instanceof Request.Failed failed) {
            events++;
            source.failed(ended.orElseThrow(), failed.failure());
        }
    }

    private Answer next(Worker worker) {
        Answer answer = broken == null ? source.next(worker.slot) : new Answer.Done();
        if (answer instanceof Answer.Run run) {
            worker.running = Optional.of(run.unit());
        }
        return answer;
    }

    /** A connection has ended, well or not. */
    synchronized void gone(Object connection) {
        Worker worker = workers.remove(connection);
        if (worker == null || worker.running.isEmpty() || broken != null) {
            return;
        }
        Unit unit = worker.running.get();
        events++;
        try {
            source.failed(
                    unit,
                    new UnitFailure(
                            UnitFailure.Cause.EXECUTOR_LOST,
                            "Cannot finish " + unit.label() + ": " + worker.executor
                                    + " ended while it ran (expected one that"
                                    + " lasts: it was killed, or ran out of memory)",
                            ""));
        } catch (RuntimeException e) {
            broken = e;
        }
    }

    /** What the source threw, if it did. */
    synchronized Optional<RuntimeException> broken() {
        return Optional.ofNullable(broken);
    }

    /** Units that have ended so far, well or not. */
    synchronized long events() {
        return events;
    }
}
