package dev.starling.worker.wire;

import java.nio.ByteBuffer;

/** What a gang does with what comes in. Called on the transport's threads, in order for each peer; must not wait. */
public interface WireListener {
    /**
     * A piece begins to arrive.
     *
     * @return where it goes
     * @throws IllegalStateException if none such is expected
     */
    Arrival piece(int peer, PieceHeader header);

    /** @param message valid during the call */
    void message(int peer, ByteBuffer message);

    /** The peer said goodbye: after all that it had to send. */
    void left(int peer);

    /** About once a second, on a thread of its own. */
    void watch();

    /** The peer told of a failure in the gang, or is gone. */
    void failed(String message);

    /**
     * A piece on its way in.
     *
     * @param target its memory, from position to limit; written by the transport
     * @param complete run when all of it is there
     */
    record Arrival(ByteBuffer target, Runnable complete) {}
}
