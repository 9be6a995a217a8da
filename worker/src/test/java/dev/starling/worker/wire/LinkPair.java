package dev.starling.worker.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.client.TransportClientFactory;
import org.apache.spark.network.server.NoOpRpcHandler;

/** Two ends of links on loopback: replicas 0 and 2 in executor 4, replica 1 in executor 7. Closes all that it opened, at once, since an end waits for the other's farewell. */
final class LinkPair {
    static final String HOST = "127.0.0.1";
    static final String RUN = "a run";
    static final Duration SHORT = Duration.ofMillis(600);
    static final Duration LONG = Duration.ofSeconds(20);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<AutoCloseable> open = new ArrayList<>();

    static Wiring plain() {
        return Wiring.of(Map.of(), Optional.empty(), 1);
    }

    PeerLinks listen(Wiring wiring, String run) {
        PeerLinks links = PeerLinks.listen(wiring, HOST, run);
        open.add(links);
        return links;
    }

    static List<PeerAddress> addresses(PeerLinks first, int second) {
        return List.of(
                new PeerAddress(HOST, first.port(), "4", 1004, List.of(0, 2)),
                new PeerAddress(HOST, second, "7", 1007, List.of(1)));
    }

    /** Connects two; throws what either threw, the second's first. */
    void connect(PeerLinks first, PeerLinks second, Duration patience, Ear one, Ear other) throws Exception {
        List<PeerAddress> addresses = addresses(first, second.port());
        Future<?> meanwhile = threads.submit(() -> {
            first.connect(0, addresses, patience, one);
            return one;
        });
        second.connect(1, addresses, patience, other);
        try {
            meanwhile.get();
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        }
    }

    /** A peer that greets, and then does nothing of itself. */
    TransportClient mute(PeerLinks first, Duration patience, Ear ear) throws Exception {
        TransportContext context = new TransportContext(plain().conf(), new NoOpRpcHandler(), false);
        TransportClientFactory factory = context.createClientFactory(List.of());
        open.add(factory);
        open.add(context);
        TransportClient client = factory.createClient(HOST, first.port());
        List<PeerAddress> addresses = addresses(first, 1);
        Future<?> connected = threads.submit(() -> {
            first.connect(0, addresses, patience, ear);
            return ear;
        });
        client.sendRpcSync(new Greeting(RUN, 1).toBytes(), 10_000);
        connected.get();
        return client;
    }

    Future<?> closing(PeerLinks links) {
        return threads.submit(links::close);
    }

    void close() throws Exception {
        List<Future<?>> closing = new ArrayList<>();
        for (AutoCloseable one : open) {
            closing.add(threads.submit(() -> {
                one.close();
                return one;
            }));
        }
        for (Future<?> one : closing) {
            one.get();
        }
        threads.shutdown();
    }
}
