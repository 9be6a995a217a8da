package dev.starling.worker.data;

import dev.starling.worker.network.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Encodes the rows of one block by a {@link Preparation}. Holds no mutable state: safe to share. */
public final class RowEncoder {
    private final RawBlock block;
    private final int featureSize;
    private final Target target;
    private final double[] offsets;
    private final double[] divisors;
    private final double[] means;
    /** Where the number of each numeric feature goes. */
    private final int[] numberPlaces;
    /** Per product, where it goes and then where its factors are. */
    private final int[][] productPlaces;
    /** Per categorical feature, where each of its categories goes. */
    private final int[][] categoryPlaces;
    /** Per text column, the number of the category or class that each entry of the block's dictionary means; −1 for none. */
    private final int[][] meaning;

    RowEncoder(Preparation preparation, RawBlock block) {
        this.block = block;
        this.featureSize = preparation.featureSize();
        this.target = preparation.target();
        List<Feature.Numeric> numbers = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        List<int[]> oneHots = new ArrayList<>();
        List<int[]> starts = new ArrayList<>();
        List<int[]> products = new ArrayList<>();
        List<int[]> meanings = new ArrayList<>();
        int next = 0;
        for (Feature feature : preparation.features()) {
            int[] at = channelsFirst(preparation.input(), next, feature.width());
            next += feature.width();
            starts.add(at);
            if (feature instanceof Feature.Numeric number) {
                numbers.add(number);
                places.add(at[0]);
            } else if (feature instanceof Feature.Categorical category) {
                oneHots.add(at);
                meanings.add(meaning(category.categories(), block.dictionaries()[meanings.size()]));
            } else if (feature instanceof Feature.Product product) {
                products.add(IntStream.concat(
                                IntStream.of(at[0]),
                                product.factors().stream().mapToInt(factor -> starts.get(factor)[0]))
                        .toArray());
            }
        }
        if (target instanceof Target.Classes classes) {
            meanings.add(meaning(classes.names(), block.dictionaries()[meanings.size()]));
        }
        this.offsets = numbers.stream().mapToDouble(Feature.Numeric::offset).toArray();
        this.divisors = numbers.stream().mapToDouble(Feature.Numeric::divisor).toArray();
        this.means = numbers.stream().mapToDouble(Feature.Numeric::mean).toArray();
        this.numberPlaces = places.stream().mapToInt(Integer::intValue).toArray();
        this.productPlaces = products.toArray(int[][]::new);
        this.categoryPlaces = oneHots.toArray(int[][]::new);
        this.meaning = meanings.toArray(int[][]::new);
    }

    /**
     * Writes features, channels first, then the stored target.
     *
     * @param into written from {@code at}, as many floats as the preparation's width
     */
    public void encode(int row, float[] into, int at) {
        for (int column = 0; column < numberPlaces.length; column++) {
            double value = block.number(row, column);
            double known = Double.isNaN(value) ? means[column] : value;
            into[at + numberPlaces[column]] = (float) ((known - offsets[column]) / divisors[column]);
        }
        for (int[] places : productPlaces) {
            float product = 1;
            for (int i = 1; i < places.length; i++) {
                product *= into[at + places[i]];
            }
            into[at + places[0]] = product;
        }
        for (int column = 0; column < categoryPlaces.length; column++) {
            int category = meaningOf(row, column);
            int[] places = categoryPlaces[column];
            for (int i = 0; i < places.length; i++) {
                into[at + places[i]] = i == category ? 1 : 0;
            }
        }
        encodeTarget(row, into, at + featureSize);
    }

    /** The row's class; only where the target is classes. */
    public int classOf(int row) {
        int found = meaningOf(row, meaning.length - 1);
        if (found < 0) {
            throw new IllegalStateException(
                    "Cannot encode row " + row + " of block " + block.index() + ": its class is "
                            + block.text(row, meaning.length - 1) + " (expected one that the preparation knows)");
        }
        return found;
    }

    private void encodeTarget(int row, float[] into, int at) {
        if (target instanceof Target.Classes) {
            into[at] = classOf(row);
        } else if (target instanceof Target.Values values) {
            for (int i = 0; i < values.names().size(); i++) {
                double value = block.number(row, numberPlaces.length + i);
                into[at + i] = (float)
                        ((value - values.offsets().get(i)) / values.divisors().get(i));
            }
        }
    }

    private int meaningOf(int row, int column) {
        int code = block.codes()[row * block.textColumns() + column];
        return code < 0 ? -1 : meaning[column][code];
    }

    private static int[] meaning(List<String> known, String[] dictionary) {
        Map<String, Integer> numbers = new HashMap<>();
        known.forEach(name -> numbers.put(name, numbers.size()));
        int[] meaning = new int[dictionary.length];
        for (int i = 0; i < dictionary.length; i++) {
            meaning[i] = numbers.getOrDefault(dictionary[i], -1);
        }
        return meaning;
    }

    /** Where values {@code from} … {@code from + width − 1}, counted with the channels last, go when channels come first. */
    private static int[] channelsFirst(Shape shape, int from, int width) {
        List<Integer> dimensions = shape.dimensions();
        int channels = dimensions.size() == 1 ? 1 : dimensions.get(dimensions.size() - 1);
        int positions = shape.size() / channels;
        int[] places = new int[width];
        for (int i = 0; i < width; i++) {
            int value = from + i;
            places[i] = value % channels * positions + value / channels;
        }
        return places;
    }
}
