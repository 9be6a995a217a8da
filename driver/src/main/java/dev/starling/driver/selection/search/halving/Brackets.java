package dev.starling.driver.selection.search.halving;

import java.util.ArrayList;
import java.util.List;

/**
 * Which rungs a trial climbs.
 *
 * @param rungs of each bracket: epochs, rising to all of them
 * @param sizes how many trials of a cycle each bracket takes
 */
record Brackets(List<List<Integer>> rungs, List<Integer> sizes) {
    static Brackets asha(int epochs, int minEpochs, int reduction) {
        return new Brackets(List.of(rungs(epochs, minEpochs, reduction)), List.of(1));
    }

    static Brackets hyperband(int epochs, int minEpochs, int reduction) {
        List<Integer> all = rungs(epochs, minEpochs, reduction);
        List<List<Integer>> rungs = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        int most = all.size() - 1;
        for (int s = most; s >= 0; s--) {
            rungs.add(all.subList(most - s, all.size()));
            sizes.add((int) Math.ceil((most + 1.0) / (s + 1) * Math.pow(reduction, s)));
        }
        return new Brackets(rungs, sizes);
    }

    private static List<Integer> rungs(int epochs, int minEpochs, int reduction) {
        List<Integer> rungs = new ArrayList<>(List.of(epochs));
        double at = (double) epochs / reduction;
        while (Math.round(at) >= minEpochs && Math.round(at) < rungs.get(0)) {
            rungs.add(0, (int) Math.round(at));
            at /= reduction;
        }
        return rungs;
    }

    /** Trials fill one bracket after the other, and then again. */
    int bracketOf(int trial) {
        int cycle = sizes.stream().mapToInt(Integer::intValue).sum();
        int left = trial % cycle;
        int bracket = 0;
        while (left >= sizes.get(bracket)) {
            left -= sizes.get(bracket++);
        }
        return bracket;
    }
}
