package dev.starling.worker.plan;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Plans for fewer rows than the full batch. Blocks of validation examples end in batches of all sizes, and a plan holds what lies between its layers: together they take no more memory than one full plan, or
 * {@link #FLOOR} where that is little; those used longest ago are freed, and made again when such a batch comes back.
 */
final class RaggedPlans implements AutoCloseable {
    /** Bytes within which no plan is given up: a small network keeps one for every size. */
    private static final long FLOOR = 64L << 20;

    private final Map<Integer, Plan> plans = new LinkedHashMap<>(16, 0.75f, true);
    private final IntFunction<Plan> make;
    private final double bytesPerRow;
    private final long most;

    /**
     * @param full the plan of the full batch
     * @param batchSize its rows
     * @param make makes the plan for so many rows
     */
    RaggedPlans(Plan full, int batchSize, IntFunction<Plan> make) {
        this.make = make;
        this.bytesPerRow = (double) full.bytes() / batchSize;
        this.most = Math.max(full.bytes(), FLOOR);
    }

    /** @param rows fewer than the full batch's */
    Plan of(int rows) {
        Plan known = plans.get(rows);
        if (known == null) {
            makeRoom((long) (rows * bytesPerRow));
            known = make.apply(rows);
            plans.put(rows, known);
        }
        return known;
    }

    private void makeRoom(long bytes) {
        Iterator<Plan> longestAgo = plans.values().iterator();
        while (bytes() + bytes > most && longestAgo.hasNext()) {
            longestAgo.next().close();
            longestAgo.remove();
        }
    }

    /** Memory outside the heap that is held now. */
    long bytes() {
        return plans.values().stream().mapToLong(Plan::bytes).sum();
    }

    @Override
    public void close() {
        plans.values().forEach(Plan::close);
        plans.clear();
    }
}
