package dev.starling.jobs.figure;

import java.util.List;

/**
 * What a trial of a sweep said of the validation rows when it was trained.
 *
 * @param point what the trial set, {@code key=value} each
 * @param outputs rows × outputs, of the same rows in all trials; not copied
 */
public record TrialOutputs(List<String> point, float[] outputs) {
    public TrialOutputs {
        point = List.copyOf(point);
    }
}
