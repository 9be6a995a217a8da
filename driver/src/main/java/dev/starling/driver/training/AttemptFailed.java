package dev.starling.driver.training;

/** An attempt at training ended without a model, for a reason that may pass. The message stands alone and names the replica and the cause. */
final class AttemptFailed extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean damagedCheckpoint;

    AttemptFailed(String message, boolean damagedCheckpoint, Throwable cause) {
        super(message, cause);
        this.damagedCheckpoint = damagedCheckpoint;
    }

    /** Whether it was the state that it should have gone on from. */
    boolean isOfDamagedCheckpoint() {
        return damagedCheckpoint;
    }
}
