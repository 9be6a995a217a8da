package dev.starling.worker.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.StreamCallbackWithID;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.server.OneForOneStreamManager;
import org.apache.spark.network.server.RpcHandler;
import org.apache.spark.network.server.StreamManager;

/** What comes in on all connections of a JVM; only greeted ones are heard. */
final class LinkHandler extends RpcHandler {
    static final byte BEAT = 0;
    static final byte MESSAGE = 1;
    static final byte FAILED = 2;
    static final byte LEAVE = 3;

    private final PeerLinks links;
    private final StreamManager streams = new OneForOneStreamManager();

    LinkHandler(PeerLinks links) {
        this.links = links;
    }

    /** Requests that are answered: greetings alone. */
    @Override
    public void receive(TransportClient client, ByteBuffer message, RpcResponseCallback callback) {
        links.greeted(client, Greeting.fromBytes(message), callback);
    }

    @Override
    public void receive(TransportClient client, ByteBuffer message) {
        Link link = link(client);
        links.received(link, message.remaining());
        try {
            switch (message.get()) {
                case MESSAGE -> links.listener().message(link.peer(), message);
                case FAILED ->
                    links.failed(StandardCharsets.UTF_8.decode(message).toString());
                case LEAVE -> links.left(link);
                default -> {
                    // A beat: that it came is all it says.
                }
            }
        } catch (RuntimeException | Error e) {
            // The transport would log it, and the gang would wait for ever.
            links.failed("Cannot understand " + link.address().name() + ": " + e);
            throw e;
        }
    }

    @Override
    public StreamCallbackWithID receiveStream(TransportClient client, ByteBuffer header, RpcResponseCallback callback) {
        Link link = link(client);
        links.received(link, header.remaining());
        return new Incoming(links, link, links.listener().piece(link.peer(), PieceHeader.fromBytes(header)));
    }

    private static Link link(TransportClient client) {
        Link link = client.getChannel().attr(Link.OF_CHANNEL).get();
        if (link == null) {
            var unused = client.getChannel().close();
            throw new IllegalStateException("Cannot listen to " + client.getSocketAddress() + " (expected a greeting)");
        }
        return link;
    }

    @Override
    public void channelInactive(TransportClient client) {
        Link link = client.getChannel().attr(Link.OF_CHANNEL).get();
        if (link != null) {
            links.lost(link, "connection closed");
        }
    }

    @Override
    public void exceptionCaught(Throwable cause, TransportClient client) {
        Link link = client.getChannel().attr(Link.OF_CHANNEL).get();
        if (link != null) {
            link.hasTrouble(cause);
        }
    }

    @Override
    public StreamManager getStreamManager() {
        return streams;
    }

    /** A piece on its way in: its bytes go straight to where they belong. */
    private static final class Incoming implements StreamCallbackWithID {
        private final PeerLinks links;
        private final Link link;
        private final WireListener.Arrival arrival;

        Incoming(PeerLinks links, Link link, WireListener.Arrival arrival) {
            this.links = links;
            this.link = link;
            this.arrival = arrival;
        }

        @Override
        public void onData(String stream, ByteBuffer bytes) {
            int length = bytes.remaining();
            if (length > arrival.target().remaining()) {
                throw new IllegalStateException("Cannot take a piece with " + length + " bytes more from "
                        + link.address().name() + " (expected "
                        + arrival.target().remaining() + ")");
            }
            links.received(link, length);
            arrival.target().put(bytes);
        }

        @Override
        public void onComplete(String stream) {
            if (arrival.target().hasRemaining()) {
                throw new IllegalStateException("Cannot take a piece without its last "
                        + arrival.target().remaining() + " bytes from "
                        + link.address().name()
                        + " (expected all)");
            }
            arrival.complete().run();
        }

        @Override
        public void onFailure(String stream, Throwable cause) {
            link.hasTrouble(cause);
        }

        @Override
        public String getID() {
            return "piece";
        }
    }
}
