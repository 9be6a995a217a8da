package dev.starling.driver.data;

import dev.starling.worker.data.RawBlock;
import dev.starling.worker.data.Split;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Sums over the training rows of blocks, per numeric column over the values that are not missing, with the categories of the text columns. Merging in the order of
 * the blocks gives the same bits for any partitioning. Public for its serializer alone.
 *
 * @param block number of the block, or of the last one merged
 * @param counts values
 * @param sums of x − pivot
 * @param squares of (x − pivot)²
 * @param minima +∞ where there is no value
 * @param maxima −∞ where there is no value
 * @param categories per categorical column, sorted
 */
public record ColumnSums(
        int block,
        long[] counts,
        double[] sums,
        double[] squares,
        double[] minima,
        double[] maxima,
        String[][] categories) {

    /** Over the training rows of a block. */
    static ColumnSums of(RawBlock block, Split[] splits, Schema schema, double[] pivots) {
        int[] train = IntStream.range(0, splits.length)
                .filter(row -> splits[row] == Split.TRAIN)
                .toArray();
        return of(block, train, 0, train.length, schema, pivots);
    }

    /**
     * Over some rows of a block.
     *
     * @param rows of the block, rising, from {@code from} to before {@code to}; one that stands twice counts twice
     * @param pivots one per numeric column, near the mean for squares that keep their digits
     */
    static ColumnSums of(RawBlock block, int[] rows, int from, int to, Schema schema, double[] pivots) {
        ColumnSums sums = zero(block.index(), schema);
        for (int i = from; i < to; i++) {
            sums.addRow(block, rows[i], pivots);
        }
        for (int column = 0; column < sums.categories.length; column++) {
            sums.categories[column] = categoriesOf(block, rows, from, to, column);
        }
        return sums;
    }

    static ColumnSums zero(int block, Schema schema) {
        int width = schema.numbers();
        double[] minima = new double[width];
        double[] maxima = new double[width];
        Arrays.fill(minima, Double.POSITIVE_INFINITY);
        Arrays.fill(maxima, Double.NEGATIVE_INFINITY);
        String[][] categories = new String[schema.categoricalFeatures()][0];
        return new ColumnSums(block, new long[width], new double[width], new double[width], minima, maxima, categories);
    }

    private void addRow(RawBlock block, int row, double[] pivots) {
        for (int column = 0; column < counts.length; column++) {
            double value = block.number(row, column);
            if (!Double.isNaN(value)) {
                double centred = value - pivots[column];
                counts[column]++;
                sums[column] += centred;
                squares[column] += centred * centred;
                minima[column] = Math.min(minima[column], value);
                maxima[column] = Math.max(maxima[column], value);
            }
        }
    }

    private static String[] categoriesOf(RawBlock block, int[] rows, int from, int to, int column) {
        TreeSet<String> found = new TreeSet<>();
        boolean[] seen = new boolean[block.dictionaries()[column].length];
        for (int i = from; i < to; i++) {
            int code = block.codes()[rows[i] * block.textColumns() + column];
            if (code >= 0 && !seen[code]) {
                seen[code] = true;
                found.add(block.dictionaries()[column][code]);
            }
        }
        return found.toArray(String[]::new);
    }

    /** With a later block's. */
    ColumnSums plus(ColumnSums later) {
        int width = counts.length;
        long[] count = new long[width];
        double[] sum = new double[width];
        double[] square = new double[width];
        double[] minimum = new double[width];
        double[] maximum = new double[width];
        for (int i = 0; i < width; i++) {
            count[i] = counts[i] + later.counts[i];
            sum[i] = sums[i] + later.sums[i];
            square[i] = squares[i] + later.squares[i];
            minimum[i] = Math.min(minima[i], later.minima[i]);
            maximum[i] = Math.max(maxima[i], later.maxima[i]);
        }
        String[][] union = new String[categories.length][];
        for (int i = 0; i < union.length; i++) {
            TreeSet<String> both = new TreeSet<>(Arrays.asList(categories[i]));
            both.addAll(Arrays.asList(later.categories[i]));
            union[i] = both.toArray(String[]::new);
        }
        return new ColumnSums(later.block, count, sum, square, minimum, maximum, union);
    }

    /** Mean, if the sums were taken around {@code pivot}. */
    double mean(int column, double pivot) {
        return pivot + sums[column] / counts[column];
    }

    /** Standard deviation of the population; the correction makes a pivot that is not quite the mean harmless (Chan, Golub and LeVeque 1983). */
    double deviation(int column) {
        double n = counts[column];
        double corrected = squares[column] - sums[column] * sums[column] / n;
        return Math.sqrt(Math.max(0, corrected / n));
    }
}
