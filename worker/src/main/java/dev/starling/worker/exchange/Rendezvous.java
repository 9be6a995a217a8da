package dev.starling.worker.exchange;

import dev.starling.worker.wire.PeerAddress;
import dev.starling.worker.wire.PeerLinks;
import dev.starling.worker.wire.Wiring;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Where replicas find each other when nobody knows yet how they lie over JVMs. Each opens one, tells all others its {@link #card} by whatever means there is, and enters
 * with the cards of all. One JVM's replicas share its server and connections. Used by its replica's thread; opening never fails, so that the others do not
 * wait for a card that does not come: what went wrong is on the card.
 */
public final class Rendezvous implements AutoCloseable {
    private static final Map<String, Site> SITES = new HashMap<>();

    private final Site site;
    private final int rank;

    private Rendezvous(Site site, int rank) {
        this.site = site;
        this.rank = rank;
    }

    /** What the replicas of one gang in one JVM share. */
    private static final class Site {
        private final String run;
        private Optional<PeerLinks> links = Optional.empty();
        private String trouble = "";
        private Optional<PeerGang> gang = Optional.empty();
        private int open;

        Site(String run) {
            this.run = run;
        }

        void listen(Supplier<Wiring> wiring, String host) {
            try {
                links = Optional.of(PeerLinks.listen(wiring.get(), host, run));
            } catch (RuntimeException e) {
                trouble = "Cannot listen for peers on " + host + ": " + e.getMessage();
            }
        }

        /** The first to come connects for all of this JVM; who comes later waits for it, and fails as it did. */
        synchronized PeerGang connect(List<PeerAddress> peers, int member, Duration silence, Duration patience) {
            if (gang.isPresent()) {
                return gang.get();
            }
            int[] ranks =
                    peers.get(member).ranks().stream().mapToInt(rank -> rank).toArray();
            Layout layout = new Layout(peers.stream().map(PeerAddress::ranks).toList(), true);
            PeerGang made = new PeerGang(new SharedGang(run, ranks, silence), layout, member, links.orElseThrow());
            gang = Optional.of(made);
            try {
                links.orElseThrow().connect(member, peers, patience, made);
            } catch (IOException e) {
                made.failed(e.getMessage());
                links.orElseThrow().fail(e.getMessage());
            }
            return made;
        }
    }

    /**
     * Opens; waits for nobody.
     *
     * @param run the same for all replicas of one attempt at one run, and for no others
     * @param wiring asked once in this JVM
     * @param host this machine, as the others reach it
     * @return closed by the caller, in a finally, when training is over or has failed
     */
    public static Rendezvous open(String run, int rank, Supplier<Wiring> wiring, String host) {
        synchronized (SITES) {
            Site site = SITES.get(run);
            if (site == null) {
                site = new Site(run);
                site.listen(wiring, host);
                SITES.put(run, site);
            }
            site.open++;
            return new Rendezvous(site, rank);
        }
    }

    /** What the others need to know; one line. */
    public String card(String executor, String host) {
        int port = site.links.map(PeerLinks::port).orElse(0);
        return new Card(rank, executor, ProcessHandle.current().pid(), host, port, site.trouble).toText();
    }

    /**
     * Enters the gang, connecting with it if it is in several JVMs.
     *
     * @param cards of all ranks, in any order
     * @param silence after which a replica of this JVM that shows no sign of life is given up
     * @param patience for a JVM from which nothing comes
     * @return closed by the caller, before this
     * @throws TrainingFailed if a JVM could not listen, or they do not reach each other; it names which
     */
    public Exchange enter(List<String> cards, Duration silence, Duration patience) {
        List<PeerAddress> peers = peers(cards);
        if (peers.size() == 1) {
            return GangRegistry.enter(site.run, rank, cards.size(), silence);
        }
        int member = 0;
        while (!peers.get(member).ranks().contains(rank)) {
            member++;
        }
        PeerGang gang = site.connect(peers, member, silence, patience);
        return new PeerExchange(gang, peers.get(member).ranks().indexOf(rank));
    }

    /** One for each JVM, in the order of their first ranks. */
    private static List<PeerAddress> peers(List<String> texts) {
        Map<Card.Home, List<Integer>> homes = new HashMap<>();
        Map<Integer, Card> cards = new TreeMap<>();
        for (String text : texts) {
            Card card = Card.fromText(text);
            cards.put(card.rank(), card);
            if (!card.trouble().isEmpty()) {
                throw new TrainingFailed(card.trouble());
            }
        }
        cards.forEach((rank, card) ->
                homes.computeIfAbsent(card.home(), home -> new ArrayList<>()).add(rank));
        return homes.entrySet().stream()
                .map(e -> e.getKey().address(e.getValue()))
                .sorted(Comparator.comparing(peer -> peer.ranks().get(0)))
                .toList();
    }

    @Override
    public void close() {
        boolean last;
        synchronized (SITES) {
            site.open--;
            last = site.open == 0;
            if (last) {
                SITES.remove(site.run);
            }
        }
        if (last) {
            site.links.ifPresent(PeerLinks::close);
            site.gang.ifPresent(PeerGang::dissolve);
        }
    }
}
