package dev.starling.driver.data;

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
}
