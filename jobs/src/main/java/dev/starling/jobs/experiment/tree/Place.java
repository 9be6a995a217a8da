package dev.starling.jobs.experiment.tree;

/**
 * Where something was written.
 *
 * @param source the file as the user named it, or the text of an override: {@code --set training.epochs=3}
 * @param line from 1; 0 where there are no lines
 */
record Place(String source, int line) {
    @Override
    public String toString() {
        return line == 0 ? source : source + ":" + line;
    }
}
