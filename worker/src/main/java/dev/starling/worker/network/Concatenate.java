package dev.starling.worker.network;

import java.util.List;

/** Its inputs one after the other along the last axis, as Keras's default: channels, or units of flat ones. The other axes are the same. */
public record Concatenate(String name) implements LayerSpec {
    @Override
    public String type() {
        return "concatenate";
    }

    @Override
    public boolean joins() {
        return true;
    }

    @Override
    public Shape output(Shape input) {
        return input;
    }

    @Override
    public Shape output(List<Shape> inputs) {
        Shape first = inputs.get(0);
        int channels = 0;
        for (Shape other : inputs) {
            if (!other.withChannels(1).equals(first.withChannels(1))) {
                throw Fit.misfit(
                        this,
                        "inputs of shapes " + first.dimensions() + " and " + other.dimensions(),
                        "shapes that differ in the last axis alone");
            }
            channels = Math.addExact(channels, other.channels());
        }
        return first.withChannels(channels);
    }
}
