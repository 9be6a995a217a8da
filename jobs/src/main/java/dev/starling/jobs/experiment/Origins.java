package dev.starling.jobs.experiment;

import dev.starling.worker.InvalidInput;

/** Finds the models that experiments begin from. */
public interface Origins {
    /** Where there are none. */
    Origins NONE = (from, folder) -> {
        throw new InvalidInput("Cannot begin from " + from + ": there is no store here (expected no network.from)");
    };

    /**
     * The model of a run.
     *
     * @param from a run, as {@code network.from} says it
     * @param folder of the experiment file, absolute or a URI, which paths are relative to
     * @throws InvalidInput if there is none
     */
    Origin open(String from, String folder);

    /** Sees to it that a model lies where it says, before anybody but this process reads it. */
    default void store(Origin origin) {}
}
