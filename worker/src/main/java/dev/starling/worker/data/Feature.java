package dev.starling.worker.data;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/** One input column of a data set and how it becomes numbers. */
public sealed interface Feature extends Serializable {
    /** The column's name. */
    String name();

    /** Numbers that it becomes. */
    int width();

    /**
     * A number, scaled: (x − offset) ÷ divisor.
     *
     * @param divisor not 0
     * @param mean what a missing value becomes, before scaling; NaN where none was fitted because nothing may be missing
     */
    record Numeric(String name, double offset, double divisor, double mean) implements Feature {
        @Override
        public int width() {
            return 1;
        }
    }

    /**
     * The product of numbers among the features, as they are after scaling: the polynomial expansion of shallow classifiers. Takes no column of a block.
     *
     * @param factors places in the list of features, each a number's; one may stand several times
     */
    record Product(String name, List<Integer> factors) implements Feature {
        public Product {
            factors = List.copyOf(factors);
        }

        /** Named by its factors: {@code x1*x2}. */
        public static Product of(List<String> names, List<Integer> factors) {
            return new Product(names.stream().collect(Collectors.joining("*")), factors);
        }

        @Override
        public int width() {
            return 1;
        }
    }

    /**
     * A category, one-hot encoded: 1 at its place, 0 elsewhere; all 0 for a missing value or a category that training did not know.
     *
     * @param categories sorted
     */
    record Categorical(String name, List<String> categories) implements Feature {
        public Categorical {
            categories = List.copyOf(categories);
        }

        @Override
        public int width() {
            return categories.size();
        }
    }
}
