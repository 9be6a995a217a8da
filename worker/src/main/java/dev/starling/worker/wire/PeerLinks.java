package dev.starling.worker.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.buffer.NioManagedBuffer;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.client.TransportClientFactory;
import org.apache.spark.network.server.TransportServer;

/**
 * One JVM's connections with all other JVMs of a gang. Made in two steps, since peers learn each other's ports only when all listen: {@link #listen}, then
 * {@link #connect}. Thread-safe.
 */
public final class PeerLinks implements AutoCloseable {
    /** For the last bytes on their way out, and for peers to say goodbye too: a socket closed earlier would throw away what the peer has not read. */
    private static final long FAREWELL_NANOS = 5_000_000_000L;

    private final String run;
    private final TransportContext context;
    private final TransportServer server;
    private final TransportClientFactory factory;
    private final Roll roll = new Roll();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private volatile boolean closed;
    private volatile boolean failed;
    private volatile Optional<WireListener> listener = Optional.empty();
    private volatile Optional<Pulse> pulse = Optional.empty();

    private PeerLinks(Wiring wiring, String host, String run) {
        this.run = run;
        this.context = new TransportContext(wiring.conf(), new LinkHandler(this), false);
        this.server = context.createServer(host, 0, wiring.serverGuards());
        this.factory = context.createClientFactory(wiring.clientGuards());
    }

    /**
     * Begins to listen, on a free port.
     *
     * @param host this machine's name or address for the peers
     * @param run the same in all JVMs of a gang, and in no others
     */
    public static PeerLinks listen(Wiring wiring, String host, String run) {
        return new PeerLinks(wiring, host, run);
    }

    public int port() {
        return server.getPort();
    }

    /**
     * Connects with all peers; returns when all connections stand.
     *
     * @param mine this JVM's place among the peers
     * @param patience for the connections to be made, and later for a silent peer
     * @throws IOException if a peer cannot be reached, refuses, or does not come in time; the message names it
     */
    public void connect(int mine, List<PeerAddress> peers, Duration patience, WireListener hearer) throws IOException {
        listener = Optional.of(hearer);
        roll.open(mine, peers, this);
        for (int peer = 0; peer < mine; peer++) {
            greet(mine, peer, peers.get(peer));
        }
        roll.await(patience);
        pulse = Optional.of(Pulse.start(this, roll.links(), patience));
    }

    private void greet(int mine, int peer, PeerAddress address) throws IOException {
        TransportClient client;
        try {
            client = factory.createClient(address.host(), address.port());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Cannot connect with " + address.name() + ": interrupted", e);
        } catch (IOException | RuntimeException e) {
            throw new IOException(
                    "Cannot connect with " + address.name() + " at " + address.host() + ":" + address.port() + ": "
                            + e.getMessage() + " (expected it to listen, and to share the application's secret)",
                    e);
        }
        client.sendRpc(new Greeting(run, mine).toBytes(), new RpcResponseCallback() {
            @Override
            public void onSuccess(ByteBuffer response) {
                roll.add(peer, client);
            }

            @Override
            public void onFailure(Throwable cause) {
                roll.refuse(
                        new IOException("Cannot connect with " + address.name() + ": " + cause.getMessage(), cause));
            }
        });
    }

    /** A peer has connected. It is answered once this JVM knows its peers. */
    void greeted(TransportClient client, Greeting greeting, RpcResponseCallback callback) {
        if (!greeting.run().equals(run)) {
            callback.onFailure(new IllegalArgumentException(
                    "Cannot be greeted by a peer of run " + greeting.run() + " (expected " + run + ")"));
            return;
        }
        roll.admit(greeting.peer(), client, callback);
    }

    WireListener listener() {
        return listener.orElseThrow();
    }

    /** Sends a small message; never waits. */
    public void send(int peer, ByteBuffer message) {
        send(roll.link(peer), LinkHandler.MESSAGE, message);
    }

    void beat(Link link) {
        send(link, LinkHandler.BEAT, ByteBuffer.allocate(0));
    }

    private void send(Link link, byte kind, ByteBuffer message) {
        ByteBuffer bytes = ByteBuffer.allocate(1 + message.remaining())
                .put(kind)
                .put(message.duplicate())
                .flip();
        sent.addAndGet(bytes.remaining());
        link.client().send(bytes);
    }

    /**
     * Sends a piece; never waits.
     *
     * @param bytes from position to limit; not to change until {@code done} has run, or the peer has said that it got it
     * @param done run once the transport needs the bytes no more
     */
    public void send(int peer, PieceHeader header, ByteBuffer bytes, Runnable done) {
        Link link = roll.link(peer);
        sent.addAndGet(PieceHeader.BYTES + bytes.remaining());
        link.client()
                .uploadStream(new NioManagedBuffer(header.toBytes()), new OutgoingPiece(bytes, done), link.response());
    }

    /** Tells all peers that the gang failed. */
    public void fail(String message) {
        failed = true;
        for (Link link : roll.links()) {
            send(link, LinkHandler.FAILED, StandardCharsets.UTF_8.encode(message));
        }
    }

    void received(Link link, int bytes) {
        link.hear();
        received.addAndGet(bytes);
    }

    void left(Link link) {
        link.leave();
        roll.changed();
        listener().left(link.peer());
    }

    /** A connection broke, or nothing came from it. */
    void lost(Link link, String how) {
        if (link.hasLeft() || closed) {
            return;
        }
        link.leave();
        roll.changed();
        String message = "Cannot go on training: lost " + link.address().name() + ": " + how + link.trouble()
                + " (expected it until the end of training)";
        failed(message);
        fail(message);
    }

    /** A peer told of a failure, or is one. */
    void failed(String message) {
        failed = true;
        listener().failed(message);
    }

    /** Names of the handlers through which a connection's bytes go: AES is one, where it is on. */
    List<String> pipeline(int peer) {
        return roll.link(peer).client().getChannel().pipeline().names();
    }

    /** Bytes of messages and pieces handed to the transport. */
    public long sentBytes() {
        return sent.get();
    }

    public long receivedBytes() {
        return received.get();
    }

    /** Says goodbye and closes all. Waits a little for peers to do so too, unless the gang failed; then only for its last words to leave. */
    @Override
    public void close() {
        for (Link link : roll.links()) {
            send(link, LinkHandler.LEAVE, ByteBuffer.allocate(0));
        }
        roll.awaitFarewell(failed ? FAREWELL_NANOS / 10 : FAREWELL_NANOS);
        closed = true;
        pulse.ifPresent(Pulse::close);
        // Afterwards nothing reads or writes the memory of pieces any more, which may then be freed.
        roll.links().forEach(link -> link.client().close());
        factory.close();
        server.close();
        context.close();
    }
}
