package dev.starling.driver.selection.pool;

import dev.starling.worker.gang.Checkpoints;
import java.util.Optional;

/** A unit's share of a training as its replica's checkpoints: goes on from the state of an earlier unit, and ends, with or without leaving one, before epoch {@code to}. */
final class Pauses implements Checkpoints {
    private final Unit unit;
    private final UnitFiles files;
    private int epochs;

    Pauses(Unit unit, UnitFiles files) {
        this.unit = unit;
        this.files = files;
        this.epochs = unit.epochs().from();
    }

    @Override
    public Optional<Saved> saved() {
        String state = unit.epochs().state();
        return state.isEmpty() ? Optional.empty() : Optional.of(files.readState(state));
    }

    @Override
    public boolean isDue(boolean endsEpoch) {
        epochs += endsEpoch ? 1 : 0;
        return endsEpoch && epochs == unit.epochs().to();
    }

    @Override
    public void save(Snapshot snapshot) {
        if (!unit.wanted().state().isEmpty()) {
            files.writeState(unit.wanted().state(), snapshot);
        }
        throw new Follower.Ended(Follower.Ended.Reason.PAUSE);
    }
}
