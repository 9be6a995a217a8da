package dev.starling.worker;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with an input, so that all of it is told at once. Not thread-safe. */
public final class Problems {
    private final List<String> found = new ArrayList<>();

    public void add(String problem) {
        found.add(problem);
    }

    public void addAll(List<String> problems) {
        found.addAll(problems);
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    public List<String> found() {
        return List.copyOf(found);
    }

    /** @throws InvalidInput with all that was collected, if anything was */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new InvalidInput(found);
        }
    }
}
