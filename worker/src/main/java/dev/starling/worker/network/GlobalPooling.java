package dev.starling.worker.network;

/**
 * One value per channel: the largest or the mean of all positions.
 *
 * @param axes 1 for [length, channels], 2 for [height, width, channels]
 */
public record GlobalPooling(String name, Pooling kind, int axes) implements LayerSpec {
    @Override
    public String type() {
        return "global" + (kind == Pooling.MAX ? "Max" : "Average") + "Pooling" + axes + "d";
    }

    @Override
    public Shape output(Shape input) {
        Fit fit = Fit.of(this, input);
        return new Shape.Flat((axes == 1 ? fit.sequence() : fit.image()).input().channels());
    }
}
