package dev.starling.worker.network;

/**
 * Each value of an image as a block of equal ones: Keras's nearest neighbour.
 *
 * @param height rows of a block, ≥ 1
 * @param width columns of it, ≥ 1
 */
public record UpSampling2d(String name, int height, int width) implements LayerSpec {
    @Override
    public String type() {
        return "upSampling2d";
    }

    @Override
    public Shape output(Shape input) {
        Fit.of(this, input).positive("size", Math.min(height, width)).image();
        Shape.Image image = (Shape.Image) input;
        return new Shape.Image(
                Math.multiplyExact(image.height(), height), Math.multiplyExact(image.width(), width), image.channels());
    }
}
