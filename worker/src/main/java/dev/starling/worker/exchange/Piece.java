package dev.starling.worker.exchange;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A part of one rank's slice of one vector, the unit of what travels.
 *
 * @param number the same in all JVMs
 * @param track number of the vector
 * @param from in the vector; to − from ≥ 1
 * @param owner member that computes the mean
 */
record Piece(int number, int track, int from, int to, int owner) {
    int length() {
        return to - from;
    }

    /**
     * All pieces, by their numbers.
     *
     * @param lengths of the vectors
     * @param longest values in a piece
     */
    static List<Piece> of(List<Integer> lengths, Layout layout, int longest) {
        List<Piece> pieces = new ArrayList<>();
        for (int track = 0; track < lengths.size(); track++) {
            int length = lengths.get(track);
            for (int rank = 0; rank < layout.ranks(); rank++) {
                int end = Slices.start(rank + 1, length, layout.ranks());
                for (int from = Slices.start(rank, length, layout.ranks()); from < end; from += longest) {
                    int to = Math.min(from + longest, end);
                    pieces.add(new Piece(pieces.size(), track, from, to, layout.memberOf(rank)));
                }
            }
        }
        return pieces;
    }

    /** The order in which a member sends: to all others in turn, beginning with its neighbour, so that not all send to one; its own pieces last. */
    static List<Piece> inOrderOf(int member, List<Piece> pieces, int members) {
        int[] seen = new int[members];
        record Turn(int turn, int distance, Piece piece) {}
        List<Turn> turns = new ArrayList<>();
        for (Piece piece : pieces) {
            int distance = Math.floorMod(piece.owner - member, members);
            int turn = distance == 0 ? Integer.MAX_VALUE : seen[piece.owner]++;
            turns.add(new Turn(turn, distance, piece));
        }
        turns.sort(Comparator.comparingInt(Turn::turn).thenComparingInt(Turn::distance));
        return turns.stream().map(Turn::piece).toList();
    }
}
