package dev.starling.driver.data;

import dev.starling.worker.Problems;
import dev.starling.worker.data.Split;

/** Rows of each split. */
record SplitRows(long train, long validation, long test) {
    static SplitRows of(Scan scan, SplitRule rule) {
        SplitCounts counts = rule.counts();
        return new SplitRows(
                counts.total(Split.TRAIN),
                counts.total(Split.VALIDATION) + scan.rowsOfSource(Split.VALIDATION),
                counts.total(Split.TEST) + scan.rowsOfSource(Split.TEST));
    }

    long of(Split split) {
        return switch (split) {
            case TRAIN -> train;
            case VALIDATION -> validation;
            case TEST -> test;
        };
    }

    /** Adds a problem for each split that is asked for and has no row. */
    void check(DataSpec spec, Problems problems) {
        check(Split.TRAIN, problems);
        if (spec.validation().isPresent()) {
            check(Split.VALIDATION, problems);
        }
        if (spec.test().isPresent()) {
            check(Split.TEST, problems);
        }
    }

    private void check(Split split, Problems problems) {
        if (of(split) == 0) {
            problems.add("Cannot split the data: no row of " + (train + validation + test) + " is left for "
                    + split.label() + " (expected at least one; more rows, or another fraction)");
        }
    }
}
