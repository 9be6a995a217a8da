package dev.starling.driver.data;

import java.io.Serializable;
import java.util.List;

/**
 * Where the columns of one CSV source go in its blocks.
 *
 * @param names of all columns; numbers from 0 without a header
 * @param numberAt per column, its place among a block's numbers, or −1
 * @param textAt per column, its place among a block's texts, or −1
 */
record Columns(List<String> names, int[] numberAt, int[] textAt, Schema schema) implements Serializable {
    Columns {
        names = List.copyOf(names);
    }

    boolean isTarget(int column) {
        boolean isClass = schema.kind() == Schema.TargetKind.CLASSES && textAt[column] == schema.classColumn();
        return numberAt[column] >= schema.numericFeatures() || isClass;
    }

    /** Whether it is there for cross-validation alone. */
    boolean isAside(int column) {
        return textAt[column] >= schema.firstAside();
    }
}
