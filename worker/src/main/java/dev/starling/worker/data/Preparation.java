package dev.starling.worker.data;

import dev.starling.worker.network.Shape;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * How rows as read become what a network is given, fitted on training rows alone and stored with the model. Pure and immutable.
 *
 * @param input shape of one example; its size is the sum of the features' widths
 * @param features input columns in order: the numbers among them are the first numeric columns of a {@link RawBlock}, the categories its
 *     first text columns, products none; the target's column or columns come after them
 * @param target numbers are the last numeric columns of a block, classes its last text column
 */
public record Preparation(Shape input, List<Feature> features, Target target) implements Serializable {
    public Preparation {
        features = List.copyOf(features);
        List<Feature> all = features;
        boolean whole = features.stream()
                .filter(Feature.Product.class::isInstance)
                .flatMap(feature -> ((Feature.Product) feature).factors().stream())
                .allMatch(at -> at >= 0 && at < all.size() && all.get(at) instanceof Feature.Numeric);
        if (!whole) {
            throw new IllegalArgumentException(
                    "Cannot prepare examples: a product's factors are not all numbers among the features (expected their places)");
        }
        int width = features.stream().mapToInt(Feature::width).sum();
        if (width != input.size()) {
            throw new IllegalArgumentException("Cannot prepare examples: the features give " + width
                    + " numbers (expected " + input.size() + ", the size of " + input.dimensions() + ")");
        }
    }

    /** Of numbers that need no preparation and are to be given back: the name and 1, 2, … */
    public static Preparation ofNumbers(Shape input, String name) {
        List<Feature> features = new ArrayList<>();
        for (int i = 1; i <= input.size(); i++) {
            features.add(new Feature.Numeric(name + i, 0, 1, Double.NaN));
        }
        return new Preparation(input, features, new Target.Input());
    }

    /** The same features before another target. */
    public Preparation withTarget(Target other) {
        return new Preparation(input, features, other);
    }

    /** Floats of one example's features. */
    public int featureSize() {
        return input.size();
    }

    /** Floats of one encoded row: features, then the stored target. */
    public int width() {
        return featureSize() + target.storedSize();
    }

    /** An encoder for the rows of one block, which looks up the block's categories and classes once. */
    public RowEncoder encoder(RawBlock block) {
        return new RowEncoder(this, block);
    }

    /**
     * Writes one row: features, channels first, then the stored target; {@link #width()} floats.
     *
     * @param into written from {@code at}
     */
    public void encode(RawBlock block, int row, float[] into, int at) {
        encoder(block).encode(row, into, at);
    }
}
