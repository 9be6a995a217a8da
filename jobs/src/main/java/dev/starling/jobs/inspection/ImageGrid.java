package dev.starling.jobs.inspection;

import dev.starling.worker.network.Shape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * Small images in rows and columns, as one PNG. Three channels are red, green and blue; of any other number the first is shown in grey.
 *
 * @param shape of each
 * @param columns ≥ 1
 */
record ImageGrid(Shape.Image shape, int columns) {
    private static final int GAP = 1;
    private static final int GAP_COLOUR = 0x404080;
    private static final int WIDTH_AT_LEAST = 400;

    /**
     * Where a value lies between black and white.
     *
     * @param black value that is shown as black
     * @param white likewise
     */
    record Tone(double black, double white) {
        /** From the least to the greatest of some values. */
        static Tone over(float[] values) {
            double least = Double.POSITIVE_INFINITY;
            double greatest = Double.NEGATIVE_INFINITY;
            for (float value : values) {
                least = Math.min(least, value);
                greatest = Math.max(greatest, value);
            }
            return new Tone(least, greatest);
        }

        int of(double value) {
            double share = white > black ? (value - black) / (white - black) : 0;
            return (int) Math.round(255 * Math.min(1, Math.max(0, share)));
        }
    }

    /** An image and its tone: channels first, as an example lies. */
    record Picture(float[] values, Tone tone) {}

    /** @param pictures row by row */
    byte[] png(List<Picture> pictures) {
        int rows = Math.max(1, (pictures.size() + columns - 1) / columns);
        int across = columns * (shape.width() + GAP) + GAP;
        int zoom = Math.max(1, (WIDTH_AT_LEAST + across - 1) / across);
        int down = rows * (shape.height() + GAP) + GAP;
        BufferedImage image = new BufferedImage(across * zoom, down * zoom, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < down * zoom; y++) {
            for (int x = 0; x < across * zoom; x++) {
                image.setRGB(x, y, colour(pictures, x / zoom, y / zoom));
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a PNG in memory", e);
        }
        return bytes.toByteArray();
    }

    private int colour(List<Picture> pictures, int x, int y) {
        int column = x / (shape.width() + GAP);
        int number = y / (shape.height() + GAP) * columns + column;
        int left = x % (shape.width() + GAP) - GAP;
        int top = y % (shape.height() + GAP) - GAP;
        if (column >= columns || number >= pictures.size() || left < 0 || top < 0) {
            return GAP_COLOUR;
        }
        Picture picture = pictures.get(number);
        int area = shape.height() * shape.width();
        int at = top * shape.width() + left;
        boolean coloured = shape.channels() == 3;
        int colour = 0;
        for (int i = 0; i < 3; i++) {
            colour = colour << 8 | picture.tone().of(picture.values()[(coloured ? i : 0) * area + at]);
        }
        return colour;
    }
}
