package dev.starling.jobs.figure;

import dev.starling.driver.store.RunDirectory;
import java.util.Optional;

/**
 * A drawn picture.
 *
 * @param name of its file, without {@code .png}
 * @param png the file
 * @param csv its numbers, where they are of use
 */
public record Figure(String name, byte[] png, Optional<String> csv) {
    public Figure {
        png = png.clone();
    }

    /** Writes picture and numbers. */
    public void into(RunDirectory run) {
        run.writeFigure(name, png);
        csv.ifPresent(numbers -> run.writeFigureNumbers(name, numbers));
    }

    @Override
    public byte[] png() {
        return png.clone();
    }
}
