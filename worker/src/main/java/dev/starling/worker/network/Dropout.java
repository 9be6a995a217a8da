package dev.starling.worker.network;

/**
 * Inverted dropout.
 *
 * @param rate fraction dropped, in [0, 1)
 */
public record Dropout(String name, double rate) implements LayerSpec {
    @Override
    public String type() {
        return "dropout";
    }

    @Override
    public Shape output(Shape input) {
        return input;
    }
}
