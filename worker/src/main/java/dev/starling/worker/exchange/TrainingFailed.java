package dev.starling.worker.exchange;

/** Training cannot go on: the loss is not finite any more, or a replica failed. The message stands alone; the command line prints it and exits with 1. */
public final class TrainingFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    public TrainingFailed(String message) {
        super(message);
    }

    public TrainingFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
