package dev.starling.driver.selection.search.halving;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The trials that have come to one budget, and which of them may go on: those among the best n ÷ reduction of all n. */
final class Rung {
    private record Entry(double loss, int trial) {
        static final Comparator<Entry> BEST_FIRST =
                Comparator.comparingDouble(Entry::loss).thenComparingInt(Entry::trial);
    }

    private final int epochs;
    private final int reduction;
    private final List<Entry> sorted = new ArrayList<>();
    private final Set<Integer> gone = new HashSet<>();

    Rung(int epochs, int reduction) {
        this.epochs = epochs;
        this.reduction = reduction;
    }

    int epochs() {
        return epochs;
    }

    /** @param ends whether the trial counts, but does not go on */
    void add(int trial, double loss, boolean ends) {
        Entry entry = new Entry(loss, trial);
        sorted.add(-Collections.binarySearch(sorted, entry, Entry.BEST_FIRST) - 1, entry);
        if (ends) {
            gone.add(trial);
        }
    }

    Optional<Integer> best() {
        return sorted.subList(0, sorted.size() / reduction).stream()
                .map(Entry::trial)
                .filter(trial -> !gone.contains(trial))
                .findFirst();
    }

    void leave(int trial) {
        gone.add(trial);
    }
}
