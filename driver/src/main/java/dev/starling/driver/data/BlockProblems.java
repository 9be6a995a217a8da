package dev.starling.driver.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The first problems of a block, and how many there were. */
final class BlockProblems {
    static final int SHOWN = 20;

    private static final int NO_COLUMN = -1;

    private final List<Held> first = new ArrayList<>();
    private final Map<Integer, Integer> counts = new HashMap<>();
    private int count;

    private record Held(int column, String message) {}

    void add(Supplier<String> message) {
        add(NO_COLUMN, message);
    }

    /** A problem that {@link #replace} may take back. */
    void add(int column, Supplier<String> message) {
        count++;
        if (counts.merge(column, 1, Integer::sum) <= SHOWN) {
            first.add(new Held(column, message.get()));
        }
    }

    /** One problem in place of all that a column had. */
    void replace(int column, String message) {
        count -= counts.remove(column);
        first.removeIf(held -> held.column() == column);
        add(() -> message);
    }

    List<String> first() {
        return first.stream().limit(SHOWN).map(Held::message).toList();
    }

    int count() {
        return count;
    }
}
