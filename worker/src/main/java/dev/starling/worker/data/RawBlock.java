package dev.starling.worker.data;

/**
 * A fixed run of consecutive records of a data set, as read, before any preparation: up to {@link #ROWS} records of one file. What is in a
 * block depends on the files alone, never on how Spark laid them out, so sums over blocks merged in the order of their numbers always give the same bits.
 *
 * <p>Columns are those that the experiment uses. Text columns (categories, class names) are coded by a dictionary of the block's own.
 *
 * @param index number of the block in its data set, from 0
 * @param rows records kept (after {@code missing: drop})
 * @param numbers rows × numeric columns, row by row; NaN where a value is missing
 * @param bytes rows × numeric columns as unsigned bytes, in place of numbers where the source is bytes (IDX); else empty
 * @param codes rows × text columns: indices into the column's dictionary; −1 where missing
 * @param dictionaries one per text column
 */
public record RawBlock(int index, int rows, double[] numbers, byte[] bytes, int[] codes, String[][] dictionaries) {
    public static final int ROWS = 4096;

    /** Numeric columns of a row. */
    public int numericColumns() {
        return rows == 0 ? 0 : Math.max(numbers.length, bytes.length) / rows;
    }

    public int textColumns() {
        return dictionaries.length;
    }

    /** A numeric value as read. */
    public double number(int row, int column) {
        int at = row * numericColumns() + column;
        return bytes.length > 0 ? bytes[at] & 0xFF : numbers[at];
    }

    /** A text value; {@code null} never: the empty string where it is missing. */
    public String text(int row, int column) {
        int code = codes[row * textColumns() + column];
        return code < 0 ? "" : dictionaries[column][code];
    }
}
