package dev.starling.worker.pseudolabels;

import dev.starling.worker.data.Permutation;
import dev.starling.worker.data.Seeds;
import dev.starling.worker.data.Seeds.Purpose;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Which of the rows keep their label: of each class one, of the rest its share (largest remainder; of equal ones the earlier class), drawn by seed and a row's place in its class. */
final class LabelledRows {
    private LabelledRows() {}

    /**
     * The classes of the rows that keep theirs.
     *
     * @param classOf per row, its class or {@link PseudoLabels#NONE}
     * @param classes how many there are
     * @return likewise; {@code labelled} rows, where no class has fewer than its share
     */
    static int[] of(int[] classOf, int classes, PseudoLabelSpec spec) {
        if (spec.labelled() == 0) {
            return classOf.clone();
        }
        int[] rows = new int[classes];
        for (int c : classOf) {
            if (c >= 0) {
                rows[c]++;
            }
        }
        int[] quota = quotas(rows, spec.labelled());
        Permutation[] order = IntStream.range(0, classes)
                .mapToObj(c -> new Permutation(rows[c], Seeds.derive(spec.seed(), Purpose.LABELLED, c)))
                .toArray(Permutation[]::new);
        int[] next = new int[classes];
        int[] kept = new int[classOf.length];
        for (int i = 0; i < kept.length; i++) {
            int c = classOf[i];
            kept[i] = c >= 0 && order[c].apply(next[c]++) < quota[c] ? c : PseudoLabels.NONE;
        }
        return kept;
    }

    private static int[] quotas(int[] rows, int labelled) {
        int classes = rows.length;
        int all = IntStream.of(rows).sum();
        int[] first = IntStream.of(rows).map(n -> Math.min(1, n)).toArray();
        int rest = labelled - IntStream.of(first).sum();
        double[] share = new double[classes];
        int[] quota = new int[classes];
        for (int c = 0; c < classes; c++) {
            share[c] = (double) rest * (rows[c] - first[c]) / Math.max(1, all - classes);
            quota[c] = first[c] + (int) share[c];
        }
        int missing = labelled - IntStream.of(quota).sum();
        IntStream.range(0, classes)
                .filter(c -> quota[c] < rows[c])
                .boxed()
                .sorted(Comparator.comparingDouble(c -> Math.floor(share[c]) - share[c]))
                .limit(Math.max(0, missing))
                .forEach(c -> quota[c]++);
        return quota;
    }
}
