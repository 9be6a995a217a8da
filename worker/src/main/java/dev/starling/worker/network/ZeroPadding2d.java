package dev.starling.worker.network;

/**
 * Zeros around [height, width, channels].
 *
 * @param top rows, ≥ 0
 * @param bottom rows, ≥ 0
 * @param left columns, ≥ 0
 * @param right columns, ≥ 0
 */
public record ZeroPadding2d(String name, int top, int bottom, int left, int right) implements LayerSpec {
    @Override
    public String type() {
        return "zeroPadding2d";
    }

    @Override
    public Shape output(Shape input) {
        Fit.of(this, input).image();
        return new Shape.Image(
                Math.addExact(input.dimensions().get(0), Math.addExact(top, bottom)),
                Math.addExact(input.dimensions().get(1), Math.addExact(left, right)),
                input.channels());
    }
}
