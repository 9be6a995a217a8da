package dev.starling.worker.network.dl4j;

/** What draws random numbers in training: told before each batch which ones. */
public interface Seeded {
    /** @param seed of the batch; each layer derives its own stream from it */
    void seed(long seed);
}
