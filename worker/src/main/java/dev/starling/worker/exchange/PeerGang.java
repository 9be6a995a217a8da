package dev.starling.worker.exchange;

import dev.starling.worker.exchange.Layout.Part;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.wire.PeerLinks;
import dev.starling.worker.wire.PieceHeader;
import dev.starling.worker.wire.WireListener;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * One JVM's side of averaging with others, shared by its replicas; how a round flows is in the package's description. Calls of the replicas' threads and of the
 * transport's.
 */
final class PeerGang implements WireListener {
    /** 256 KB: a piece stays in the second-level cache while it is summed, and what each costs by itself is small beside it. */
    static final int PIECE = 1 << 16;

    private static final byte GATHER = 1;
    private static final byte AVERAGE = 2;
    private static final byte UP = 1;
    private static final byte DOWN = 2;

    private final SharedGang local;
    private final Layout layout;
    private final int member;
    private final PeerLinks links;
    private final Sayings sayings;
    private final Weights weights;
    private final ThreadLocal<TreeMean> means;
    private final AtomicInteger next = new AtomicInteger();
    /** Means still to arrive, and means still to be sent. */
    private final AtomicInteger missing = new AtomicInteger();

    private volatile Stage stage;
    private int begun = -1;

    PeerGang(SharedGang local, Layout layout, int member, PeerLinks links) {
        this.local = local;
        this.layout = layout;
        this.member = member;
        this.links = links;
        this.sayings = new Sayings(layout.ranks(), layout.members() - 1);
        this.weights = new Weights(layout.ranks());
        this.means = ThreadLocal.withInitial(() -> new TreeMean(layout.ranks()));
        this.stage = new Stage(layout, member, List.of(), PIECE);
    }

    SharedGang local() {
        return local;
    }

    int ranks() {
        return layout.ranks();
    }

    PeerLinks links() {
        return links;
    }

    /** Makes the stage before any peer can know that this JVM is ready, for then pieces may arrive. */
    void join(int place, List<FlatVector> vectors, Compression compression) {
        local.offer(place, vectors);
        local.barrier().await(place);
        if (place == 0) {
            local.makeTracks(1, ranks(), compression);
            Layout parts = compression == Compression.FP16 ? layout.rankByRank() : layout;
            stage = new Stage(parts, member, local.tracks(), PIECE);
        }
        local.barrier().await(place);
    }

    List<byte[]> gather(int place, int generation, byte[] mine) {
        sayings.say(generation, local.rank(place), mine);
        local.barrier().await(place);
        begin(generation, GATHER, new int[0]);
        local.barrier().until(place, () -> sayings.isComplete(generation));
        List<byte[]> all = new ArrayList<>();
        for (int rank = 0; rank < ranks(); rank++) {
            all.add(sayings.said(generation, GATHER, rank));
        }
        // A generation's place is used again only after the next one, and so after this.
        local.barrier().await(place);
        return all;
    }

    /** @return nanoseconds until the last peer had come */
    long average(int place, int generation, RoundReport mine, int[] examples) {
        for (Track track : local.tracks()) {
            track.before(place, examples[local.rank(place)] > 0);
        }
        sayings.say(generation, local.rank(place), mine.toBytes());
        long start = System.nanoTime();
        local.barrier().await(place);
        begin(generation, AVERAGE, examples);
        Stage here = stage;
        for (int i = next.getAndIncrement(); i < here.order().size(); i = next.getAndIncrement()) {
            work(here, here.order().get(i), generation);
        }
        local.barrier().until(place, () -> missing.get() == 0 && sayings.isComplete(generation));
        for (Track track : local.tracks()) {
            track.after(place);
        }
        return Math.max(0, sayings.completed(generation) - start);
    }

    /** After {@link #average}: all reports, merged; returns when all replicas of this JVM have what they need of each other. */
    RoundReport reports(int place, int generation, int[] examples) {
        RoundReport merged = RoundReport.NONE;
        for (int rank = 0; rank < ranks(); rank++) {
            byte[] report = sayings.said(generation, AVERAGE, rank);
            merged = merged.plus(RoundReport.fromBytes(report).checked(rank, examples));
        }
        local.barrier().await(place);
        return merged;
    }

    /** Once for all replicas of this JVM: the first to come does it. */
    private synchronized void begin(int generation, byte kind, int[] examples) {
        if (begun == generation) {
            return;
        }
        begun = generation;
        if (kind == AVERAGE) {
            weights.set(examples);
            next.set(0);
            int peers = layout.members() - 1;
            missing.set(stage.pieces().stream()
                    .mapToInt(piece -> stage.isOwn(piece) ? peers : 1)
                    .sum());
        }
        ByteBuffer message = sayings.message(generation, kind, layout.ranksOf(member));
        forPeers(peer -> links.send(peer, message));
        failIfDeserted();
    }

    private void failIfDeserted() {
        List<Integer> deserters = sayings.deserters();
        if (!deserters.isEmpty()) {
            failed("Cannot go on training: replicas " + deserters
                    + " have left (expected them until the end of training)");
        }
    }

    private void forPeers(IntConsumer action) {
        for (int peer = 0; peer < layout.members(); peer++) {
            if (peer != member) {
                action.accept(peer);
            }
        }
    }

    private void work(Stage here, Piece piece, int generation) {
        here.sum(piece, means.get(), weights);
        if (here.isOwn(piece)) {
            arrive(here, piece, generation);
            return;
        }
        List<Part> parts = here.parts();
        for (int number = 0; number < parts.size(); number++) {
            if (parts.get(number).member() == member) {
                PieceHeader header = new PieceHeader(UP, generation, piece.number(), number);
                links.send(piece.owner(), header, here.part(piece, number), () -> {});
            }
        }
    }

    /** A part of an own piece is there; with the last one its mean is computed and goes to all. */
    private void arrive(Stage here, Piece piece, int generation) {
        if (!here.arrive(piece)) {
            return;
        }
        Track track = here.track(piece);
        means.get().mean(here.summands(piece), weights, piece.from(), piece.to(), track::store);
        PieceHeader header = new PieceHeader(DOWN, generation, piece.number(), 0);
        forPeers(peer -> links.send(peer, header, here.mean(piece), this::settle));
    }

    private void settle() {
        if (missing.decrementAndGet() == 0) {
            local.barrier().wake();
        }
    }

    @Override
    public Arrival piece(int peer, PieceHeader header) {
        Stage here = stage;
        Piece piece = here.pieces().get(header.piece());
        if (header.kind() == DOWN) {
            return arrival(here.mean(piece), this::settle);
        }
        return arrival(here.arriving(piece, header.part()), () -> arrive(here, piece, header.generation()));
    }

    private Arrival arrival(ByteBuffer target, Runnable complete) {
        return new Arrival(target, () -> {
            try {
                complete.run();
            } catch (RuntimeException | Error e) {
                failed("Cannot go on training: averaging failed in replicas " + layout.ranksOf(member) + ": " + e);
                throw e;
            }
        });
    }

    @Override
    public void message(int peer, ByteBuffer message) {
        if (sayings.hear(layout.ranksOf(peer), message)) {
            local.barrier().wake();
        }
    }

    @Override
    public void left(int peer) {
        sayings.leave(layout.ranksOf(peer));
        failIfDeserted();
    }

    /** This JVM beats whatever its replicas do; so it watches them itself. */
    @Override
    public void watch() {
        local.watch().ifPresent(message -> {
            failed(message);
            links.fail(message);
        });
    }

    @Override
    public void failed(String message) {
        local.barrier().fail(new TrainingFailed(message));
    }

    /** Once all of this JVM have left. After a failure the transport may still be at work on their vectors for a moment: those are left to the garbage collector. */
    void dissolve() {
        if (!local.barrier().hasFailed()) {
            local.dissolve();
        }
    }

    void fail(int place, Throwable cause) {
        TrainingFailed failure =
                new TrainingFailed("Cannot go on training: replica " + local.rank(place) + " failed: " + cause, cause);
        if (local.barrier().fail(failure)) {
            links.fail(failure.getMessage());
        }
    }
}
