package dev.starling.tests.benchmark;

import dev.starling.worker.InvalidInput;
import java.util.Arrays;
import java.util.List;

/** What is trained: the two networks on Fashion-MNIST, batch 64. */
enum Work {
    /** 784-256-256-10, Adam. */
    MLP("mlp", "conf/experiments/fashion-mlp.yaml"),
    /** The course's convolutional network, 1,679,082 parameters, momentum. */
    CNN("cnn", "conf/experiments/fashion-cnn.yaml");

    static final int BATCH = 64;

    private final String label;
    private final String experiment;

    Work(String label, String experiment) {
        this.label = label;
        this.experiment = experiment;
    }

    String label() {
        return label;
    }

    /** Experiment file, relative to the checkout. */
    String experiment() {
        return experiment;
    }

    static Work of(String label) {
        return Arrays.stream(values())
                .filter(work -> work.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new InvalidInput("Cannot benchmark " + label + " (expected mlp or cnn)"));
    }

    static List<Work> listOf(String labels) {
        return Arrays.stream(labels.split(",", -1)).map(Work::of).toList();
    }
}
