package dev.starling.driver.data;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The first problems of a block, and how many there were. */
final class BlockProblems {
    static final int SHOWN = 20;

    private final List<String> first = new ArrayList<>();
    private int count;

    void add(Supplier<String> message) {
        if (count++ < SHOWN) {
            first.add(message.get());
        }
    }

    List<String> first() {
        return first;
    }

    int count() {
        return count;
    }
}
