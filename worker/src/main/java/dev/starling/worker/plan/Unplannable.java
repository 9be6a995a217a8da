package dev.starling.worker.plan;

/** The planner has no kernel for something in the network, or none that is not a slow reference implementation; the message says what. */
public final class Unplannable extends Exception {
    private static final long serialVersionUID = 1;

    Unplannable(String reason) {
        super(reason);
    }
}
