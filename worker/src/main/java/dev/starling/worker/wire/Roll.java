package dev.starling.worker.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;

/** Who of the peers is connected. Thread-safe. */
final class Roll {
    private record Early(int peer, TransportClient client, RpcResponseCallback callback) {}

    private final List<Early> early = new ArrayList<>();
    private Optional<PeerLinks> owner = Optional.empty();
    private Optional<IOException> refusal = Optional.empty();
    private List<PeerAddress> peers = List.of();
    private int mine;
    /** By peer; empty at this JVM's own place. */
    private volatile Link[] byPeer = {};

    private volatile List<Link> links = List.of();

    /** From now on peers are admitted, and those that came before it. */
    synchronized void open(int place, List<PeerAddress> addresses, PeerLinks links) {
        mine = place;
        peers = List.copyOf(addresses);
        byPeer = new Link[addresses.size()];
        owner = Optional.of(links);
        early.forEach(this::admit);
        early.clear();
    }

    synchronized void admit(int peer, TransportClient client, RpcResponseCallback callback) {
        Early greeting = new Early(peer, client, callback);
        if (owner.isPresent()) {
            admit(greeting);
        } else {
            early.add(greeting);
        }
    }

    private void admit(Early greeting) {
        if (greeting.peer <= mine || greeting.peer >= peers.size() || byPeer[greeting.peer] != null) {
            greeting.callback.onFailure(new IllegalArgumentException("Cannot be greeted by peer " + greeting.peer
                    + " of " + peers.size() + " (expected each above " + mine + " once)"));
            return;
        }
        add(greeting.peer, greeting.client);
        greeting.callback.onSuccess(ByteBuffer.allocate(0));
    }

    synchronized void add(int peer, TransportClient client) {
        Link link = new Link(peer, peers.get(peer), client, owner.orElseThrow());
        client.getChannel().attr(Link.OF_CHANNEL).set(link);
        Link[] grown = byPeer.clone();
        grown[peer] = link;
        byPeer = grown;
        List<Link> all = new ArrayList<>(links);
        all.add(link);
        links = List.copyOf(all);
        notifyAll();
    }

    synchronized void refuse(IOException cause) {
        refusal = Optional.of(cause);
        notifyAll();
    }

    synchronized void changed() {
        notifyAll();
    }

    Link link(int peer) {
        return byPeer[peer];
    }

    List<Link> links() {
        return links;
    }

    /** Returns when all peers are connected. */
    synchronized void await(Duration patience) throws IOException {
        boolean inTime;
        try {
            inTime = await(() -> refusal.isPresent() || links.size() == peers.size() - 1, patience.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Cannot connect the gang: interrupted", e);
        }
        if (refusal.isPresent()) {
            throw refusal.get();
        }
        if (!inTime) {
            throw new IOException("Cannot connect the gang: nothing from " + missing() + " in " + patience.toSeconds()
                    + " s (expected all executors to reach each other)");
        }
    }

    private List<String> missing() {
        List<String> missing = new ArrayList<>();
        for (int peer = 0; peer < peers.size(); peer++) {
            if (peer != mine && byPeer[peer] == null) {
                missing.add(peers.get(peer).name());
            }
        }
        return missing;
    }

    /** Waits, but not long, until all peers have said goodbye or are gone. */
    synchronized void awaitFarewell(long nanos) {
        try {
            await(() -> links.stream().allMatch(Link::hasLeft), nanos);
        } catch (InterruptedException e) {
            // Then without goodbye.
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it came to be so in time. */
    private synchronized boolean await(BooleanSupplier isSo, long nanos) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        while (!isSo.getAsBoolean()) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
