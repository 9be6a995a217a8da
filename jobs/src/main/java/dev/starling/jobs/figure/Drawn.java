package dev.starling.jobs.figure;

import dev.starling.driver.data.PreparedData;
import dev.starling.driver.store.RunHistory;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.step.StepChoice;

/**
 * What pictures are drawn of: a trained model with its data and history.
 *
 * @param parameters in DL4J's order
 */
public record Drawn(PreparedData data, NetworkSpec network, float[] parameters, StepChoice step, RunHistory history) {}
