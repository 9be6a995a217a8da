package dev.starling.jobs.figure;

import dev.starling.jobs.figure.ImageGrid.Picture;
import dev.starling.worker.data.Target;
import dev.starling.worker.network.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Images of the split that says most, and in a second row what the network gives back. */
final class ImagesFigure {
    private ImagesFigure() {}

    static byte[] png(Drawn drawn, int count) {
        Shape.Image shape = (Shape.Image) drawn.network().input();
        Rows rows = Rows.of(drawn.data(), CodesFigure.split(drawn.data()), count);
        List<Picture> images = new ArrayList<>();
        for (int row = 0; row < rows.count(); row++) {
            images.add(Picture.of(rows.row(row)));
        }
        if (drawn.data().preparation().target() instanceof Target.Input) {
            float[] restored = Model.of(drawn).outputs(rows.features());
            int size = shape.size();
            for (int row = 0; row < rows.count(); row++) {
                images.add(Picture.of(Arrays.copyOfRange(restored, row * size, (row + 1) * size)));
            }
        }
        return new ImageGrid(shape, rows.count()).png(images);
    }
}
