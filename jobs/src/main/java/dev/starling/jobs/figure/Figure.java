package dev.starling.jobs.figure;

/**
 * A drawn picture.
 *
 * @param name of its file, without {@code .png}
 * @param png the file
 */
public record Figure(String name, byte[] png) {
    public Figure {
        png = png.clone();
    }

    @Override
    public byte[] png() {
        return png.clone();
    }
}
