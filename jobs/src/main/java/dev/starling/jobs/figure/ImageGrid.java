package dev.starling.jobs.figure;

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
 * Images of one size in rows and columns.
 *
 * @param channels 1 is grey, 3 are red, green and blue; of other numbers the first is shown
 * @param columns images in a row
 */
public record ImageGrid(int height, int width, int channels, int columns) {
    private static final int GAP = 4;
    private static final int SIDE = 84;

    /**
     * Draws them.
     *
     * @param images height × width × channels, channels first as the network has them; each from its own least value, black, to its greatest, white, unless all lie in [0, 1]
     */
    public byte[] png(List<float[]> images) {
        Fonts.withoutDisplay();
        int zoom = Math.max(1, SIDE / Math.max(height, width));
        int rows = (images.size() + columns - 1) / columns;
        BufferedImage grid = new BufferedImage(
                columns * (width * zoom + GAP) + GAP, rows * (height * zoom + GAP) + GAP, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = grid.createGraphics();
        try {
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, grid.getWidth(), grid.getHeight());
            graphics.setRenderingHint(
                    RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
            for (int i = 0; i < images.size(); i++) {
                int x = GAP + i % columns * (width * zoom + GAP);
                int y = GAP + i / columns * (height * zoom + GAP);
                graphics.drawImage(image(images.get(i)), x, y, width * zoom, height * zoom, null);
            }
        } finally {
            graphics.dispose();
        }
        return png(grid);
    }

    private BufferedImage image(float[] values) {
        float least = 0;
        float most = 1;
        for (float value : values) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        boolean unit = least == 0 && most == 1;
        if (!unit) {
            least = most;
            for (float value : values) {
                least = Math.min(least, value);
            }
        }
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, color(values, y * width + x, least, most - least));
            }
        }
        return image;
    }

    private int color(float[] values, int pixel, float least, float span) {
        int color = 0;
        for (int c = 0; c < 3; c++) {
            float value = values[(channels == 3 ? c : 0) * height * width + pixel];
            int level = Math.round(255 * Math.min(1, Math.max(0, (value - least) / span)));
            color = color << 8 | level;
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
