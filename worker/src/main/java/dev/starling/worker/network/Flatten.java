package dev.starling.worker.network;

/** All values of an example along one axis, in Keras's order. */
public record Flatten(String name) implements LayerSpec {
    @Override
    public String type() {
        return "flatten";
    }

    @Override
    public Shape output(Shape input) {
        return new Shape.Flat(input.size());
    }
}
