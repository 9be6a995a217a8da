package dev.starling.worker.exchange;

import dev.starling.worker.exchange.Layout.Part;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The memory of one JVM for averaging with others: where peers' parts of its own slices arrive, and where its own sums are made. Made once; nothing is allocated
 * later.
 */
final class Stage {
    private final Layout layout;
    private final int member;
    private final List<Track> tracks;
    private final List<Piece> pieces;
    private final List<Piece> order;
    /** By piece: summands by their first rank; null for pieces of others. */
    private final Summand[][] summands;
    /** By track: what each local rank gives, by rank. */
    private final Summand[][] leaves;
    /** By track and number of part, for this JVM's own parts; a single rank's is what it gives, not a copy. */
    private final Values[][] parts;
    /** By piece: parts that have arrived; this JVM's own count as one. */
    private final AtomicIntegerArray arrived;

    private final int parties;

    /** @param longest values in a piece */
    Stage(Layout layout, int member, List<Track> tracks, int longest) {
        this.layout = layout;
        this.member = member;
        this.tracks = tracks;
        this.pieces = Piece.of(tracks.stream().map(Track::length).toList(), layout, longest);
        this.order = Piece.inOrderOf(member, pieces, layout.members());
        this.arrived = new AtomicIntegerArray(pieces.size());
        this.parties = 1
                + (int) layout.parts().stream()
                        .filter(part -> part.member() != member)
                        .count();
        this.leaves = new Summand[tracks.size()][];
        this.parts = new Values[tracks.size()][];
        this.summands = new Summand[pieces.size()][];
        for (int track = 0; track < tracks.size(); track++) {
            leaves[track] = leavesOf(tracks.get(track));
            parts[track] = partsOf(track);
        }
        for (Piece piece : pieces) {
            if (piece.owner() == member) {
                summands[piece.number()] = summandsOf(piece);
            }
        }
    }

    private Summand[] leavesOf(Track track) {
        Summand[] own = new Summand[layout.ranks()];
        List<Integer> ranks = layout.ranksOf(member);
        for (int place = 0; place < ranks.size(); place++) {
            int rank = ranks.get(place);
            own[rank] = new Summand(new Subtree(rank, rank + 1), track.given(place), 0);
        }
        return own;
    }

    private Values[] partsOf(int track) {
        Values[] own = new Values[layout.parts().size()];
        for (int number = 0; number < own.length; number++) {
            Part part = layout.parts().get(number);
            if (part.member() == member) {
                Values given = leaves[track][part.ranks().from()].values();
                own[number] = part.ranks().isLeaf() ? given : given.allocate(given.length());
            }
        }
        return own;
    }

    private Summand[] summandsOf(Piece piece) {
        Summand[] all = new Summand[layout.ranks()];
        for (int number = 0; number < layout.parts().size(); number++) {
            Part part = layout.parts().get(number);
            Values own = parts[piece.track()][number];
            all[part.ranks().from()] = own == null
                    ? new Summand(part.ranks(), tracks.get(piece.track()).mean().allocate(piece.length()), piece.from())
                    : new Summand(part.ranks(), own, 0);
        }
        return all;
    }

    /** All parts of a sum, by number. */
    List<Part> parts() {
        return layout.parts();
    }

    List<Piece> pieces() {
        return pieces;
    }

    /** The pieces in the order in which this JVM works on them. */
    List<Piece> order() {
        return order;
    }

    Track track(Piece piece) {
        return tracks.get(piece.track());
    }

    boolean isOwn(Piece piece) {
        return piece.owner() == member;
    }

    /** What is summed to an own piece. */
    Summand[] summands(Piece piece) {
        return summands[piece.number()];
    }

    /** Makes the sums of this JVM's parts that are sums. */
    void sum(Piece piece, TreeMean mean, Weights weights) {
        for (int number = 0; number < layout.parts().size(); number++) {
            Part part = layout.parts().get(number);
            if (part.member() == member && !part.ranks().isLeaf()) {
                Values into = parts[piece.track()][number];
                mean.sum(leaves[piece.track()], weights, part.ranks(), piece.from(), piece.to(), into);
            }
        }
    }

    /** This JVM's part of a piece, ready to be sent. */
    ByteBuffer part(Piece piece, int number) {
        return bytes(parts[piece.track()][number], piece);
    }

    /** Where a peer's part of an own piece arrives. */
    ByteBuffer arriving(Piece piece, int number) {
        if (!isOwn(piece) || layout.parts().get(number).member() == member) {
            throw new IllegalStateException("Cannot take part " + number + " of " + piece
                    + " (expected a peer's part of a" + " piece of member " + member + ")");
        }
        return summands(piece)[layout.parts().get(number).ranks().from()]
                .values()
                .bytes()
                .slice();
    }

    /** The mean of a piece, ready to be sent, or to arrive. */
    ByteBuffer mean(Piece piece) {
        return bytes(track(piece).mean(), piece);
    }

    private static ByteBuffer bytes(Values values, Piece piece) {
        int unit = values.bytesPerValue();
        return values.bytes().slice(piece.from() * unit, piece.length() * unit);
    }

    /** Whether a part of an own piece was the last one. */
    boolean arrive(Piece piece) {
        if (arrived.incrementAndGet(piece.number()) < parties) {
            return false;
        }
        arrived.set(piece.number(), 0);
        return true;
    }
}
