package dev.starling.driver.data;

import dev.starling.worker.network.Loss;
import java.io.Serializable;
import java.util.List;

/**
 * Columns that an experiment uses, the same in all of its sources.
 *
 * @param features in order
 * @param targets names; empty where the target is the input
 * @param aside names of columns that are read and are neither feature nor target: what cross-validation groups or orders rows by
 */
record Schema(List<Column> features, List<String> targets, TargetKind kind, List<String> aside)
        implements Serializable {
    Schema {
        features = List.copyOf(features);
        targets = List.copyOf(targets);
        aside = List.copyOf(aside);
    }

    Schema(List<Column> features, List<String> targets, TargetKind kind) {
        this(features, targets, kind, List.of());
    }

    record Column(String name, boolean categorical) implements Serializable {}

    enum TargetKind {
        CLASSES,
        NUMBERS,
        /** Numbers in [0, 1]: several yes-or-no outputs. */
        SHARES,
        INPUT;

        /** What the loss makes of the target columns. */
        static TargetKind of(Loss loss, boolean targetIsInput, int targets) {
            if (targetIsInput) {
                return INPUT;
            }
            if (!loss.isCrossEntropy()) {
                return NUMBERS;
            }
            return loss == Loss.BINARY_CROSSENTROPY && targets > 1 ? SHARES : CLASSES;
        }

        boolean isNumeric() {
            return this == NUMBERS || this == SHARES;
        }
    }

    int numericFeatures() {
        return features.size() - categoricalFeatures();
    }

    int categoricalFeatures() {
        return (int) features.stream().filter(Column::categorical).count();
    }

    /** Numeric columns of a block: features, then targets. */
    int numbers() {
        return numericFeatures() + (kind.isNumeric() ? targets.size() : 0);
    }

    /** Text columns of a block: categories, then the class, then what stands aside. */
    int texts() {
        return firstAside() + aside.size();
    }

    /** The text column of the class, where there are classes. */
    int classColumn() {
        return categoricalFeatures();
    }

    int firstAside() {
        return categoricalFeatures() + (kind == TargetKind.CLASSES ? 1 : 0);
    }
}
