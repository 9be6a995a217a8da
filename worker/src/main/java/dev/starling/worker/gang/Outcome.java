package dev.starling.worker.gang;

import java.util.List;

/**
 * How training ended, the same in every replica.
 *
 * @param history one report per epoch begun
 */
public record Outcome(List<EpochReport> history, Ending ending) {
    public Outcome {
        history = List.copyOf(history);
    }

    public enum Ending {
        /** All epochs were trained. */
        COMPLETED,
        /** Early stopping ended it. */
        EARLY,
        /** Someone asked for a stop. */
        REQUESTED
    }
}
