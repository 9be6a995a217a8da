package dev.starling.driver.selection.sweep;

import dev.starling.driver.selection.pool.RowChoice;
import java.util.function.IntFunction;

/** Rows and seeds by rules. */
record RuledRows(int choices, IntFunction<RowChoice> rows, SeedRule seeds) implements TrialRows {
    /** As {@link TrialRows#seed}. */
    @FunctionalInterface
    interface SeedRule {
        long seed(int number, long trial);
    }

    @Override
    public RowChoice choice(int number) {
        return rows.apply(number);
    }

    @Override
    public long seed(int number, long trial) {
        return seeds.seed(number, trial);
    }
}
