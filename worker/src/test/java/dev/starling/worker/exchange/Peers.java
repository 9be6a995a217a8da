package dev.starling.worker.exchange;

import dev.starling.worker.wire.PeerAddress;
import dev.starling.worker.wire.PeerLinks;
import dev.starling.worker.wire.Wiring;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** A gang whose replicas lie over several JVMs, for tests: each has its own connections, sites and threads, though all are in this JVM. */
public final class Peers implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final AtomicLong RUNS = new AtomicLong();
    private static final String HOST = "127.0.0.1";

    private final List<PeerAddress> addresses = new ArrayList<>();
    private final List<PeerLinks> links = new ArrayList<>();
    private final List<PeerGang> gangs = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** @param layout ranks by JVM */
    Peers(int[][] layout, Duration patience, List<Wiring> wirings) {
        this(layout, patience, PATIENCE, wirings);
    }

    Peers(int[][] layout, Duration patience, Duration silence, List<Wiring> wirings) {
        String run = "peers-" + RUNS.incrementAndGet();
        for (int member = 0; member < layout.length; member++) {
            links.add(PeerLinks.listen(wirings.get(member % wirings.size()), HOST, run));
            List<Integer> ranks = Arrays.stream(layout[member]).boxed().toList();
            addresses.add(new PeerAddress(HOST, links.get(member).port(), "" + member, 1000 + member, ranks));
        }
        Layout all = new Layout(addresses.stream().map(PeerAddress::ranks).toList(), true);
        List<Future<?>> connected = new ArrayList<>();
        for (int member = 0; member < layout.length; member++) {
            int me = member;
            SharedGang local = new SharedGang(run, layout[member], silence);
            gangs.add(new PeerGang(local, all, member, links.get(member)));
            connected.add(threads.submit(() -> {
                links.get(me).connect(me, addresses, patience, gangs.get(me));
                return me;
            }));
        }
        connected.forEach(this::await);
    }

    static Wiring plain() {
        return Wiring.of(Map.of(), Optional.empty(), 1);
    }

    private <T> T await(Future<T> future) {
        try {
            return future.get(40, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException("Cannot end a test of peers", e);
        }
    }

    PeerLinks links(int member) {
        return links.get(member);
    }

    /** Runs a body per rank at once; results by rank. */
    <T> List<T> run(Together.Body<T> body) {
        List<Future<T>> futures = new ArrayList<>();
        for (int rank = 0; rank < gangs.get(0).ranks(); rank++) {
            int mine = rank;
            futures.add(threads.submit(() -> {
                try (Exchange exchange = exchange(mine)) {
                    try {
                        return body.run(mine, exchange);
                    } catch (RuntimeException | Error e) {
                        exchange.fail(e);
                        throw e;
                    }
                }
            }));
        }
        List<T> results = new ArrayList<>();
        RuntimeException first = null;
        for (Future<T> future : futures) {
            try {
                results.add(await(future));
            } catch (RuntimeException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
        return results;
    }

    Exchange exchange(int rank) {
        for (int member = 0; member < gangs.size(); member++) {
            int place = addresses.get(member).ranks().indexOf(rank);
            if (place >= 0) {
                return new PeerExchange(gangs.get(member), place);
            }
        }
        throw new IllegalArgumentException("no rank " + rank);
    }

    public static <T> List<T> run(int[][] layout, Together.Body<T> body) {
        try (Peers peers = new Peers(layout, PATIENCE, List.of(plain()))) {
            return peers.run(body);
        }
    }

    @Override
    public void close() {
        List<Future<?>> closing = new ArrayList<>();
        links.forEach(l -> closing.add(threads.submit(l::close)));
        closing.forEach(this::await);
        threads.shutdown();
    }
}
