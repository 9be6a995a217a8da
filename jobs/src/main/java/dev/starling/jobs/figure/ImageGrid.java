package dev.starling.jobs.figure;

import dev.starling.worker.network.Shape;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * Images of one size in rows and columns, as one PNG. Three channels are red, green and blue; of any other number the first is shown in grey.
 *
 * @param shape of each
 * @param columns images in a row, ≥ 1
 */
public record ImageGrid(Shape.Image shape, int columns) {
    private static final int GAP = 4;
    private static final int SIDE = 84;

    /**
     * Where a value lies between black and white.
     *
     * @param black value that is shown as black
     * @param white likewise
     */
    public record Tone(double black, double white) {
        private static final Tone UNIT = new Tone(0, 1);

        /** From the least to the greatest of some values. */
        public static Tone over(float[] values) {
            double least = Double.POSITIVE_INFINITY;
            double greatest = Double.NEGATIVE_INFINITY;
            for (float value : values) {
                least = Math.min(least, value);
                greatest = Math.max(greatest, value);
            }
            return new Tone(least, greatest);
        }

        /** From 0 to 1, or over the values where one lies outside. */
        static Tone of(float[] values) {
            Tone own = over(values);
            return own.black >= 0 && own.white <= 1 ? UNIT : own;
        }

        private int level(double value) {
            double share = white > black ? (value - black) / (white - black) : 0;
            return (int) Math.round(255 * Math.min(1, Math.max(0, share)));
        }
    }

    /**
     * An image and its tone.
     *
     * @param values channels first, as an example lies; not copied
     */
    public record Picture(float[] values, Tone tone) {
        /** By {@link Tone#of}. */
        static Picture of(float[] values) {
            return new Picture(values, Tone.of(values));
        }
    }

    /** @param pictures row by row */
    public byte[] png(List<Picture> pictures) {
        Fonts.withoutDisplay();
        int zoom = Math.max(1, SIDE / Math.max(shape.height(), shape.width()));
        int across = shape.width() * zoom;
        int down = shape.height() * zoom;
        int rows = Math.max(1, (pictures.size() + columns - 1) / columns);
        BufferedImage grid = new BufferedImage(
                columns * (across + GAP) + GAP, rows * (down + GAP) + GAP, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = grid.createGraphics();
        try {
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, grid.getWidth(), grid.getHeight());
            graphics.setRenderingHint(
                    RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
            for (int i = 0; i < pictures.size(); i++) {
                int x = GAP + i % columns * (across + GAP);
                int y = GAP + i / columns * (down + GAP);
                graphics.drawImage(image(pictures.get(i)), x, y, across, down, null);
            }
        } finally {
            graphics.dispose();
        }
        return png(grid);
    }

    private BufferedImage image(Picture picture) {
        BufferedImage image = new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x++) {
                image.setRGB(x, y, color(picture, y * shape.width() + x));
            }
        }
        return image;
    }

    private int color(Picture picture, int pixel) {
        int area = shape.height() * shape.width();
        int color = 0;
        for (int c = 0; c < 3; c++) {
            float value = picture.values[(shape.channels() == 3 ? c : 0) * area + pixel];
            color = color << 8 | picture.tone.level(value);
        }
        return color;
    }

    private static byte[] png(BufferedImage image) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            ImageIO.write(image, "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write a picture: " + e.getMessage(), e);
        }
    }
}
