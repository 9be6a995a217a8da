package dev.starling.worker.exchange;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** A gang of threads in this JVM, for tests. */
public final class Together {
    private static final AtomicLong RUNS = new AtomicLong();

    @FunctionalInterface
    public interface Body<T> {
        T run(int rank, Exchange exchange) throws Exception;
    }

    private Together() {}

    /** Runs a body per rank at once; fails if they are not done in 30 seconds, with the first rank's failure if they fail. */
    public static <T> List<T> run(int ranks, Body<T> body) {
        String run = "test-" + RUNS.incrementAndGet();
        ExecutorService threads = Executors.newFixedThreadPool(ranks);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int rank = 0; rank < ranks; rank++) {
                int mine = rank;
                futures.add(threads.submit(() -> {
                    try (Exchange exchange = GangRegistry.enter(run, mine, ranks, Duration.ofSeconds(20))) {
                        return body.run(mine, exchange);
                    }
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get(30, TimeUnit.SECONDS));
            }
            return results;
        } catch (ExecutionException e) {
            throw (RuntimeException) e.getCause();
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException("Cannot end a gang's test", e);
        } finally {
            end(threads);
        }
    }

    /** Waits for the replicas that are still leaving. */
    private static void end(ExecutorService threads) {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Cannot end a gang's test: a replica hangs (expected all to leave)");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("Cannot end a gang's test", e);
        }
    }
}
