package dev.starling.tests.benchmark;

import dev.starling.worker.exchange.Exchange;
import dev.starling.worker.exchange.Rendezvous;
import dev.starling.worker.exchange.RoundReport;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.wire.Wiring;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Many replicas in this JVM whose steps sleep, so that few cores suffice, and whose averagings are real. Rounds of several lengths come in turn, so that what else the machine does meets all
 * alike.
 *
 * @param floats averaged, ≥ 0
 * @param step seconds of a step
 * @param jitter standard deviation of a step's seconds, over replicas and steps
 */
record SleepingGang(int replicas, int floats, double step, double jitter) {
    private static final AtomicLong RUNS = new AtomicLong();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /**
     * @param lengths of rounds in steps; 0 averages at once
     * @param repeats of all of them, after one to warm up
     * @return by length, the median seconds of a round, from averaging to averaging
     */
    Map<Integer, Double> rounds(int[] lengths, int repeats) {
        String run = "sleeping-" + RUNS.incrementAndGet();
        ExecutorService threads = Executors.newFixedThreadPool(replicas);
        try {
            Map<Integer, String> cards = new ConcurrentHashMap<>();
            CountDownLatch missing = new CountDownLatch(replicas);
            List<Future<Map<Integer, Double>>> all = new ArrayList<>();
            for (int rank = 0; rank < replicas; rank++) {
                int mine = rank;
                all.add(threads.submit(() -> replica(run, mine, cards, missing, lengths, repeats)));
            }
            Map<Integer, Double> first = all.get(0).get();
            for (Future<Map<Integer, Double>> replica : all) {
                replica.get();
            }
            return first;
        } catch (ExecutionException e) {
            throw new IllegalStateException("Cannot simulate a gang: a replica failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Cannot simulate a gang: interrupted", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private Map<Integer, Double> replica(
            String run, int rank, Map<Integer, String> cards, CountDownLatch missing, int[] lengths, int repeats)
            throws InterruptedException {
        Wiring wiring = Wiring.of(Map.of(), Optional.empty(), 1);
        try (Rendezvous rendezvous = Rendezvous.open(run, rank, () -> wiring, "127.0.0.1")) {
            cards.put(rank, rendezvous.card("simulation", "127.0.0.1"));
            missing.countDown();
            missing.await();
            try (Exchange exchange = rendezvous.enter(List.copyOf(cards.values()), PATIENCE, PATIENCE)) {
                return train(exchange, lengths, repeats);
            }
        }
    }

    private Map<Integer, Double> train(Exchange exchange, int[] lengths, int repeats) {
        Random random = new Random(exchange.rank());
        int[] weights = new int[replicas];
        Arrays.fill(weights, 1);
        FlatVector vector = FlatVector.allocate(floats);
        exchange.join(List.of(vector));
        double[][] seconds = new double[lengths.length][repeats];
        for (int repeat = -1; repeat < repeats; repeat++) {
            for (int length = 0; length < lengths.length; length++) {
                long start = System.nanoTime();
                steps(exchange, lengths[length], start, random);
                exchange.average(new RoundReport(1, 0, false, false), weights);
                if (repeat >= 0) {
                    seconds[length][repeat] = (System.nanoTime() - start) / 1e9;
                }
            }
        }
        Map<Integer, Double> medians = new TreeMap<>();
        for (int length = 0; length < lengths.length; length++) {
            medians.put(lengths[length], Samples.median(seconds[length]));
        }
        return medians;
    }

    /** Sleeps up to the end that each step should have: what one oversleeps the next makes up for. */
    private void steps(Exchange exchange, int count, long start, Random random) {
        double end = start;
        for (int step = 0; step < count; step++) {
            end += 1e9 * Math.max(0, this.step + jitter * random.nextGaussian());
            for (long left = (long) end - System.nanoTime(); left > 0; left = (long) end - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            exchange.beat();
        }
    }
}
