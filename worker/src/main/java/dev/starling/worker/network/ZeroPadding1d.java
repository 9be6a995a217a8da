package dev.starling.worker.network;

/**
 * Zeros around [length, channels].
 *
 * @param before positions, ≥ 0
 * @param after positions, ≥ 0
 */
public record ZeroPadding1d(String name, int before, int after) implements LayerSpec {
    @Override
    public String type() {
        return "zeroPadding1d";
    }

    /** The same over [length, 1, channels]. */
    public ZeroPadding2d asZeroPadding2d() {
        return new ZeroPadding2d(name, before, after, 0, 0);
    }

    @Override
    public Shape output(Shape input) {
        Fit.of(this, input).sequence();
        return new Shape.Sequence(
                Math.addExact(input.dimensions().get(0), Math.addExact(before, after)), input.channels());
    }
}
