package dev.starling.worker.exchange;

/** Training cannot go on: the loss is not finite any more, or a replica failed. The message stands alone; the command line prints it and exits with 1. */
public final class TrainingFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean forGood;

    public TrainingFailed(String message) {
        super(message);
        this.forGood = false;
    }

    public TrainingFailed(String message, Throwable cause) {
        super(message, cause);
        this.forGood = false;
    }

    private TrainingFailed(String message, Throwable cause, boolean forGood) {
        super(message, cause);
        this.forGood = forGood;
    }

    /** A failure that the same training would come to again, so that it is not worth a retry. */
    public static TrainingFailed forGood(String message) {
        return new TrainingFailed(message, null, true);
    }

    public static TrainingFailed forGood(String message, Throwable cause) {
        return new TrainingFailed(message, cause, true);
    }

    public boolean isForGood() {
        return forGood;
    }
}
