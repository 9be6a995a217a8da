package dev.starling.driver.checkpoint;

import java.time.Duration;

/**
 * When the next checkpoint is due, by the rule. By epochs one comes not sooner than {@link #PAUSE} after the last, so that thousands of epochs of a tiny network cost nothing. By
 * rounds or time the epoch's end after a checkpoint is kept too, since only from there another number of replicas can go on.
 */
final class Pace {
    static final Duration PAUSE = Duration.ofSeconds(5);

    private final CheckpointRule rule;
    private long last;
    private long rounds;
    private long epochs;
    private boolean owesBoundary;

    /** @param now of {@link System#nanoTime}, as all times here */
    Pace(CheckpointRule rule, long now) {
        this.rule = rule;
        this.last = now;
    }

    /** Whether this round's end is an epoch's end that is to be kept, whatever else is being written. */
    boolean owes(boolean endsEpoch) {
        return endsEpoch && owesBoundary && !(rule instanceof CheckpointRule.Epochs);
    }

    /** Called once a round; whether a checkpoint is due after it. */
    boolean isDue(boolean endsEpoch, long now) {
        rounds++;
        epochs += endsEpoch ? 1 : 0;
        if (rule instanceof CheckpointRule.Epochs every) {
            return endsEpoch && epochs >= every.epochs() && now - last >= PAUSE.toNanos();
        }
        if (owes(endsEpoch)) {
            return true;
        }
        return rule instanceof CheckpointRule.Rounds every
                ? rounds >= every.rounds()
                : now - last >= ((CheckpointRule.Time) rule).pause().toNanos();
    }

    /** A checkpoint is taken after the round of the last call of {@link #isDue}. */
    void taken(boolean endsEpoch, long now) {
        last = now;
        rounds = 0;
        epochs = 0;
        owesBoundary = !endsEpoch;
    }
}
