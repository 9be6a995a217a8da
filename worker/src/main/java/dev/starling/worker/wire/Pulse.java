package dev.starling.worker.wire;

import java.time.Duration;
import java.util.List;

/** A JVM's heart: beats to all peers, whatever its replicas do, and watches theirs. A thread of its own. */
final class Pulse implements AutoCloseable {
    private static final long LONGEST_INTERVAL_MILLIS = 1000;

    private final PeerLinks links;
    private final List<Link> peers;
    private final long patienceNanos;
    private final Thread thread;
    private long beat = System.nanoTime();

    private Pulse(PeerLinks links, List<Link> peers, Duration patience) {
        this.links = links;
        this.peers = peers;
        this.patienceNanos = patience.toNanos();
        this.thread = new Thread(this::run, "starling-pulse");
        thread.setDaemon(true);
    }

    static Pulse start(PeerLinks links, List<Link> peers, Duration patience) {
        Pulse pulse = new Pulse(links, peers, patience);
        peers.forEach(Link::hear);
        pulse.thread.start();
        return pulse;
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(intervalMillis());
                beat();
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private long intervalMillis() {
        return Math.max(1, Math.min(LONGEST_INTERVAL_MILLIS, patienceNanos / 5_000_000));
    }

    private void beat() {
        long now = System.nanoTime();
        if (now - beat > patienceNanos / 2) {
            // This JVM was frozen; what the peers sent meanwhile is still to be read.
            peers.forEach(Link::hear);
        }
        beat = now;
        links.listener().watch();
        for (Link peer : peers) {
            if (peer.hasLeft()) {
                continue;
            }
            links.beat(peer);
            if (peer.silence() > patienceNanos) {
                links.lost(peer, "no sign of life in " + patienceNanos / 1e9 + " s");
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
