package dev.starling.worker.exchange;

import java.util.ArrayList;
import java.util.List;

/**
 * Which ranks live in which JVM; JVMs are numbered in the order of their first rank. What each gives to a sum: one sum for each largest subtree of ranks that it has
 * as a whole, so that fewer bytes travel and no bit changes.
 */
final class Layout {
    /** One JVM's share in every sum. */
    record Part(int member, Subtree ranks) {}

    private final int[] memberOf;
    private final List<List<Integer>> ranksOf;
    private final List<Part> parts = new ArrayList<>();

    /**
     * @param ranksOf by JVM, ascending; together all ranks once
     * @param sums whether parts may be sums; else each rank is a part of its own
     */
    Layout(List<List<Integer>> ranksOf, boolean sums) {
        this.ranksOf = List.copyOf(ranksOf);
        this.memberOf = new int[ranksOf.stream().mapToInt(List::size).sum()];
        for (int member = 0; member < ranksOf.size(); member++) {
            for (int rank : ranksOf.get(member)) {
                memberOf[rank] = member;
            }
        }
        for (int member = 0; member < ranksOf.size(); member++) {
            int me = member;
            if (sums) {
                Subtree.of(ranks(), rank -> memberOf[rank] == me).forEach(ranks -> parts.add(new Part(me, ranks)));
            } else {
                ranksOf.get(me).forEach(rank -> parts.add(new Part(me, new Subtree(rank, rank + 1))));
            }
        }
    }

    /** The same JVMs, giving no sums. */
    Layout rankByRank() {
        return new Layout(ranksOf, false);
    }

    int ranks() {
        return memberOf.length;
    }

    int members() {
        return ranksOf.size();
    }

    List<Integer> ranksOf(int member) {
        return ranksOf.get(member);
    }

    int memberOf(int rank) {
        return memberOf[rank];
    }

    /** All parts of a sum; a part's place in the list is its number on the wire. */
    List<Part> parts() {
        return parts;
    }
}
