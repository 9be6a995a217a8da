package dev.starling.worker.network;

/**
 * The same values in another shape: the way back of {@link Flatten}, so that one after the other changes nothing. Values lie channels first, as everywhere here, where Keras counts them channels last.
 *
 * @param target as many values as come in
 */
public record Reshape(String name, Shape target) implements LayerSpec {
    @Override
    public String type() {
        return "reshape";
    }

    @Override
    public Shape output(Shape input) {
        Fit.of(this, input).size(target);
        return target;
    }
}
