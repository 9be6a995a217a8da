package dev.starling.tests.benchmark;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Looks at a thread's stack every millisecond and counts what it is doing. Native calls are seen exactly; short Java loops may be booked on their neighbour. */
final class StackSampler {
    private static final Map<String, String> PLACES = places();

    private final Thread watched;
    private final Map<String, Integer> counts = new TreeMap<>();
    private final Thread sampler = new Thread(this::sample, "sampler");
    private volatile boolean stopped;

    StackSampler(Thread watched) {
        this.watched = watched;
        sampler.setDaemon(true);
    }

    /** The first name found from the top of the stack decides. */
    private static Map<String, String> places() {
        Map<String, String> places = new LinkedHashMap<>();
        places.put("plan.MatrixProducts", "matrix products");
        places.put("plan.ConvolutionKernel", "convolutions, their activation and reorders of weights");
        places.put("plan.BatchNormalizationKernel", "batch normalisation");
        places.put("plan.PoolingKernel", "pooling");
        places.put("plan.FlattenKernel", "flatten (reorder)");
        places.put("plan.DropoutKernel", "dropout");
        places.put("plan.DenseKernel", "bias, ReLU and bias gradient");
        places.put("plan.Head", "softmax and loss gradient");
        places.put("optimizer.Optimizer", "optimiser's update");
        places.put("data.ExampleBlock", "gathering");
        places.put("metrics.Totals", "training metrics");
        places.put("metrics.ClassTotals", "training metrics");
        places.put("data.EpochOrder", "shuffling");
        return places;
    }

    void start() {
        sampler.start();
    }

    void stop() {
        stopped = true;
        try {
            sampler.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sample() {
        while (!stopped) {
            counts.merge(place(watched.getStackTrace()), 1, Integer::sum);
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static String place(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            for (Map.Entry<String, String> place : PLACES.entrySet()) {
                if (frame.getClassName().contains(place.getKey())) {
                    return place.getValue();
                }
            }
        }
        return "else";
    }

    /** Of all samples, the largest first. */
    Map<String, Double> shares() {
        double all = counts.values().stream().mapToInt(Integer::intValue).sum();
        Map<String, Double> shares = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .forEach(entry -> shares.put(entry.getKey(), entry.getValue() / all));
        return shares;
    }
}
