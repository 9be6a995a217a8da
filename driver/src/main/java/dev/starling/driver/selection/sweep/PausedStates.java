package dev.starling.driver.selection.sweep;

import dev.starling.driver.files.StoreFiles;
import java.util.Optional;

/** Where trials leave what they need to go on, in their own folders: {@code trials/7/state-0-3}, of part 0 after epoch 3. */
record PausedStates(Optional<StoreFiles> run) {
    /** Where no trial pauses. */
    static final PausedStates NONE = new PausedStates(Optional.empty());

    static PausedStates in(StoreFiles run) {
        return new PausedStates(Optional.of(run));
    }

    String uri(int trial, int part, int epochs) {
        return folder(trial).uri() + "/" + name(part, epochs);
    }

    /** Nothing happens if there is none. */
    void delete(int trial, int part, int epochs) {
        folder(trial).delete(name(part, epochs));
    }

    private StoreFiles folder(int trial) {
        return run.orElseThrow().child("trials").child(String.valueOf(trial));
    }

    private static String name(int part, int epochs) {
        return "state-" + part + "-" + epochs;
    }
}
