package dev.starling.worker.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The ranks [from, to) below one node of the fixed tree: ranks [a, b) are split at a + the largest power of two below b − a, so that four ranks
 * give (r0 + r1) + (r2 + r3) and three (r0 + r1) + r2.
 */
record Subtree(int from, int to) {
    boolean isLeaf() {
        return to - from == 1;
    }

    /** Where [from, to) is split; to − from ≥ 2. */
    static int middle(int from, int to) {
        return from + Integer.highestOneBit(to - from - 1);
    }

    /** The largest subtrees of which someone has all ranks, ascending: of these he can give sums without changing a bit. */
    static List<Subtree> of(int ranks, IntPredicate has) {
        List<Subtree> found = new ArrayList<>();
        collect(0, ranks, has, found);
        return found;
    }

    private static boolean collect(int from, int to, IntPredicate has, List<Subtree> found) {
        if (to - from == 1) {
            if (has.test(from)) {
                found.add(new Subtree(from, to));
                return true;
            }
            return false;
        }
        int middle = middle(from, to);
        boolean left = collect(from, middle, has, found);
        boolean right = collect(middle, to, has, found);
        if (left && right) {
            found.remove(found.size() - 1);
            found.set(found.size() - 1, new Subtree(from, to));
        }
        return left && right;
    }
}
