package dev.starling.driver.selection.pool;

import dev.starling.worker.gang.EpochReport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Hands out units in order and keeps what became of them. */
class Queue implements UnitSource {
    private final Deque<Unit> waiting;
    private final List<RowChoice> choices;
    private final int stopAfter;
    final Map<Integer, UnitResult> results = new TreeMap<>();
    final Map<Integer, UnitFailure> failures = new TreeMap<>();
    final List<Integer> slots = new ArrayList<>();
    final List<Integer> epochs = new ArrayList<>();

    Queue(List<RowChoice> choices, List<Unit> units) {
        this(choices, units, Integer.MAX_VALUE);
    }

    /** @param stopAfter epochs after which units that are followed end */
    Queue(List<RowChoice> choices, List<Unit> units, int stopAfter) {
        this.choices = choices;
        this.waiting = new ArrayDeque<>(units);
        this.stopAfter = stopAfter;
    }

    @Override
    public Answer next(int slot) {
        if (waiting.isEmpty()) {
            return new Answer.Done();
        }
        slots.add(slot);
        return new Answer.Run(waiting.poll());
    }

    @Override
    public RowChoice rows(int number) {
        return choices.get(number);
    }

    @Override
    public void finished(Unit unit, UnitResult result) {
        results.put(unit.id(), result);
    }

    @Override
    public void failed(Unit unit, UnitFailure failure) {
        failures.put(unit.id(), failure);
    }

    @Override
    public boolean epoch(Unit unit, EpochReport report) {
        epochs.add(report.epoch());
        return report.epoch() < stopAfter;
    }
}
