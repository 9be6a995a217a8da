package dev.starling.jobs.figure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.jobs.figure.ImageGrid.Picture;
import dev.starling.jobs.figure.ImageGrid.Tone;
import dev.starling.worker.network.Shape;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ImageGridTest {
    /** 84 ÷ 2 = 42 pixels for each of an image's own, 4 around it. */
    private static final ImageGrid GRID = new ImageGrid(new Shape.Image(2, 2, 1), 2);

    private static List<Picture> pictures(float[]... images) {
        return Stream.of(images).map(Picture::of).toList();
    }

    private static Color at(BufferedImage image, int x, int y) {
        return new Color(image.getRGB(x, y));
    }

    @Test
    void laysImagesInRowsAndShowsZeroBlackAndOneWhite() {
        BufferedImage grid =
                Pictures.read(GRID.png(pictures(new float[] {0, 1, 0.5f, 0}, new float[4], new float[] {1, 0, 0, 0})));

        assertThat(grid.getWidth()).isEqualTo(2 * 88 + 4);
        assertThat(grid.getHeight()).isEqualTo(2 * 88 + 4);
        assertThat(at(grid, 10, 10)).isEqualTo(Color.BLACK);
        assertThat(at(grid, 60, 10)).isEqualTo(Color.WHITE);
        assertThat(at(grid, 10, 60)).isEqualTo(new Color(128, 128, 128));
        assertThat(at(grid, 10, 100)).as("the third begins the second row").isEqualTo(Color.WHITE);
    }

    @Test
    void valuesOutsideZeroAndOneGoFromTheLeastToTheGreatest() {
        BufferedImage grid = Pictures.read(GRID.png(pictures(new float[] {-3, 5, 1, 1})));

        assertThat(at(grid, 10, 10)).isEqualTo(Color.BLACK);
        assertThat(at(grid, 60, 10)).isEqualTo(Color.WHITE);
        assertThat(at(grid, 10, 60)).isEqualTo(new Color(128, 128, 128));
    }

    @Test
    void threeChannelsAreRedGreenAndBlueOneAfterTheOther() {
        BufferedImage grid =
                Pictures.read(new ImageGrid(new Shape.Image(1, 1, 3), 1).png(pictures(new float[] {1, 0, 1})));

        assertThat(at(grid, 40, 40)).isEqualTo(Color.MAGENTA);
    }

    /** So originals and what an autoencoder gives back can be compared. */
    @Test
    void picturesOfOneToneShowTheSameValueAlike() {
        Tone tone = new Tone(0, 4);
        BufferedImage grid = Pictures.read(GRID.png(
                List.of(new Picture(new float[] {0, 4, 1, 1}, tone), new Picture(new float[] {1, 1, 1, 1}, tone))));

        assertThat(at(grid, 10, 60)).isEqualTo(new Color(64, 64, 64)).isEqualTo(at(grid, 100, 10));
    }
}
