package dev.starling.driver.selection.folds;

import dev.starling.worker.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How rows are laid into folds.
 *
 * @param stratified whether each fold has each class in the share that all rows have it; where the target is classes, and the folding leaves a choice
 * @param groupBy column whose equal values stay together; with none of the foldings that say the order themselves
 * @param repeats how often all is done, each time by other folds, ≥ 1
 */
public record FoldSpec(Folding folding, boolean stratified, Optional<String> groupBy, int repeats) {
    public FoldSpec {
        Problems problems = new Problems();
        boolean random = folding instanceof Folding.Count;
        if (repeats < 1 || (repeats > 1 && !random)) {
            problems.add("Cannot repeat " + repeats + " times: " + folding.label()
                    + " lays the same folds each time (expected repeats: 1, or a number of folds)");
        }
        if (groupBy.isPresent() && (folding instanceof Folding.Forward || folding instanceof Folding.Column)) {
            problems.add("Cannot group rows by '" + groupBy.get() + "' where " + folding.label()
                    + " lays the folds (expected one of the two)");
        }
        problems.throwIfAny();
    }

    public static FoldSpec of(int folds) {
        return new FoldSpec(new Folding.Count(folds), true, Optional.empty(), 1);
    }

    /** Whether models learn from samples, so that together they are an ensemble. */
    public boolean isBootstrap() {
        return folding instanceof Folding.Bootstrap;
    }

    /** The columns that it needs aside from features and target: one or none. */
    public List<String> columns() {
        List<String> columns = new ArrayList<>(groupBy.stream().toList());
        if (folding instanceof Folding.Forward forward) {
            columns.add(forward.column());
        } else if (folding instanceof Folding.Column column) {
            columns.add(column.column());
        }
        return List.copyOf(columns);
    }

    public sealed interface Folding {
        /** As the experiment writes it. */
        String label();

        /** @param folds ≥ 2 */
        record Count(int folds) implements Folding {
            @Override
            public String label() {
                return "folds: " + folds;
            }
        }

        /**
         * No division at all: each model learns from rows that are drawn with replacement, and is scored on those that were not drawn.
         *
         * @param models ≥ 2
         */
        record Bootstrap(int models) implements Folding {
            @Override
            public String label() {
                return "bootstrap: " + models;
            }
        }

        /** Each row, or each group of rows, is a fold. */
        record LeaveOneOut() implements Folding {
            @Override
            public String label() {
                return "folds: leaveOneOut";
            }
        }

        /**
         * Forward chaining: rows in the order of a column, cut into folds + 1 parts; fold i learns from the first i parts and is scored on the one after them. Rows of equal value stay together.
         *
         * @param column ordered as numbers if all of its values are, else as text
         * @param folds ≥ 1
         */
        record Forward(String column, int folds) implements Folding {
            @Override
            public String label() {
                return "orderBy: " + column;
            }
        }

        /** Rows of equal value in the column are a fold. */
        record Column(String column) implements Folding {
            @Override
            public String label() {
                return "foldColumn: " + column;
            }
        }
    }
}
