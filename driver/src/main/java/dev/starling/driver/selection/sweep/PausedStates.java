package dev.starling.driver.selection.sweep;

import dev.starling.driver.files.StoreFiles;

/** Where trials leave what they need to go on, in their own folders: {@code trials/7/state-0-3}, of part 0 after epoch 3. */
record PausedStates(StoreFiles run) {
    String uri(int trial, int part, int epochs) {
        return folder(trial).uri() + "/" + name(part, epochs);
    }

    /** Nothing happens if there is none. */
    void delete(int trial, int part, int epochs) {
        folder(trial).delete(name(part, epochs));
    }

    private StoreFiles folder(int trial) {
        return run.child("trials").child(String.valueOf(trial));
    }

    private static String name(int part, int epochs) {
        return "state-" + part + "-" + epochs;
    }
}
