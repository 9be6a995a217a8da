package dev.starling.driver.data;

import dev.starling.worker.data.RawBlock;
import dev.starling.worker.data.Split;
import java.util.Arrays;
import java.util.TreeSet;

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

    /**
     * Over the training rows of a block.
     *
     * @param pivots one per numeric column, near the mean for squares that keep their digits
     */
    static ColumnSums of(RawBlock block, Split[] splits, Schema schema, double[] pivots) {
        ColumnSums sums = zero(block.index(), schema);
        for (int row = 0; row < block.rows(); row++) {
            if (splits[row] == Split.TRAIN) {
                sums.addRow(block, row, pivots);
            }
        }
        for (int column = 0; column < sums.categories.length; column++) {
            sums.categories[column] = categoriesOf(block, splits, column);
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

    private static String[] categoriesOf(RawBlock block, Split[] splits, int column) {
        TreeSet<String> found = new TreeSet<>();
        boolean[] seen = new boolean[block.dictionaries()[column].length];
        for (int row = 0; row < block.rows(); row++) {
            int code = block.codes()[row * block.textColumns() + column];
            if (splits[row] == Split.TRAIN && code >= 0 && !seen[code]) {
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
