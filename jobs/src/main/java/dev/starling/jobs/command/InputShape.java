package dev.starling.jobs.command;

import dev.starling.jobs.experiment.Experiment;
import dev.starling.worker.network.Shape;

final class InputShape {
    private InputShape() {}
    static Shape of(Experiment experiment) {
        return experiment.input().orElseThrow();
    }
}
