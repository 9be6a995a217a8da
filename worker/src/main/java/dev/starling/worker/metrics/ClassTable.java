package dev.starling.worker.metrics;

import java.util.List;

/**
 * Metrics class by class.
 *
 * @param rows in the order of the classes' numbers
 * @param confusion counts; rows true, columns predicted
 */
public record ClassTable(List<Row> rows, List<List<Long>> confusion) {
    public ClassTable {
        rows = List.copyOf(rows);
        confusion = confusion.stream().map(List::copyOf).toList();
    }

    /**
     * Ratios are 0 where undefined.
     *
     * @param support true examples of the class
     */
    public record Row(String name, double precision, double recall, double f1, long support) {}
}
