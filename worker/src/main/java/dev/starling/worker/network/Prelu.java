package dev.starling.worker.network;

import dev.starling.worker.network.ParameterBlock.Kind;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Parametric ReLU (He et al. 2015), as Keras's layer: x for x > 0, else a·x with a learned slope a for every value of an example, or for every channel.
 *
 * @param slope first values; Keras's are zeros
 * @param sharedAxes axes over which one slope serves, from 1: none, [1] of [length, channels], or [1, 2] of [height, width, channels]
 */
public record Prelu(String name, Initializer slope, List<Integer> sharedAxes) implements LayerSpec {
    public Prelu {
        sharedAxes = List.copyOf(sharedAxes);
    }

    @Override
    public String type() {
        return "prelu";
    }

    @Override
    public Shape output(Shape input) {
        List<Integer> shareable =
                IntStream.range(1, input.dimensions().size()).boxed().toList();
        if (!sharedAxes.isEmpty() && !sharedAxes.equals(shareable)) {
            throw Fit.misfit(
                    this,
                    "sharedAxes " + sharedAxes + " on input of shape " + input.dimensions(),
                    shareable.isEmpty() ? "none" : "none, or " + shareable);
        }
        return input;
    }

    /** Whether a channel has one slope for all its positions. */
    public boolean perChannel() {
        return !sharedAxes.isEmpty();
    }

    /** DL4J lays slopes of images out by columns: [channels, height, width] with the channel running fastest. */
    @Override
    public List<LayerParameter> parameters(Shape input) {
        int slopes = perChannel() ? input.channels() : input.size();
        return List.of(new LayerParameter(Kind.SLOPE, slopes, slopes, slopes, slope, Penalty.NONE));
    }
}
