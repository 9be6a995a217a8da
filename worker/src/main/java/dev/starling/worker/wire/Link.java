package dev.starling.worker.wire;

import io.netty.util.AttributeKey;
import java.nio.ByteBuffer;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;

/** The connection with one peer, once it has been greeted. */
final class Link {
    /** By which a channel knows its link; a channel without one is a stranger's. */
    static final AttributeKey<Link> OF_CHANNEL = AttributeKey.valueOf("starling.link");

    private final int peer;
    private final PeerAddress address;
    private final TransportClient client;
    private final RpcResponseCallback response;
    private volatile long heard = System.nanoTime();
    private volatile boolean left;
    private volatile Throwable trouble;

    Link(int peer, PeerAddress address, TransportClient client, PeerLinks links) {
        this.peer = peer;
        this.address = address;
        this.client = client;
        this.response = new RpcResponseCallback() {
            @Override
            public void onSuccess(ByteBuffer nothing) {}

            @Override
            public void onFailure(Throwable cause) {
                hasTrouble(cause);
                links.lost(Link.this, "connection broken");
            }
        };
    }

    int peer() {
        return peer;
    }

    PeerAddress address() {
        return address;
    }

    TransportClient client() {
        return client;
    }

    /** For each piece. */
    RpcResponseCallback response() {
        return response;
    }

    void hear() {
        heard = System.nanoTime();
    }

    /** Nanoseconds since the last sign of life. */
    long silence() {
        return System.nanoTime() - heard;
    }

    void leave() {
        left = true;
    }

    /** Whether the peer said goodbye. */
    boolean hasLeft() {
        return left;
    }

    void hasTrouble(Throwable cause) {
        trouble = cause;
    }

    /** What the transport last complained of, in brackets; empty if of nothing. */
    String trouble() {
        Throwable cause = trouble;
        return cause == null ? "" : " (" + cause.getMessage() + ")";
    }
}
