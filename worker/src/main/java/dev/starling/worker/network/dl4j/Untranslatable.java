package dev.starling.worker.network.dl4j;

/** A DL4J configuration says something for which the experiment file has no word; the message is what. */
public final class Untranslatable extends Exception {
    private static final long serialVersionUID = 1;

    public Untranslatable(String reason) {
        super(reason);
    }
}
