package dev.starling.driver.checkpoint;

/** What was read is not what was written. The message stands alone. */
public final class DamagedCheckpoint extends RuntimeException {
    private static final long serialVersionUID = 1;

    DamagedCheckpoint(String message) {
        super(message);
    }

    DamagedCheckpoint(String message, Throwable cause) {
        super(message, cause);
    }
}
