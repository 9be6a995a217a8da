package dev.starling.driver.selection.folds;

import dev.starling.driver.data.RawData;
import dev.starling.driver.selection.folds.FoldSpec.Folding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows and what folds are laid by. All arrays are as long; a place in them is a row.
 *
 * @param numbers in the data, rising
 * @param classes by number; all 0 where the target is not classes
 * @param classNames empty where the target is not classes
 * @param keys what the spec's column says, by number: groups, places in an order, or folds; all different where there is no column
 * @param keyNames what each key means; empty where there is no column
 */
public record FoldRows(int[] numbers, int[] classes, List<String> classNames, int[] keys, List<String> keyNames) {
    public FoldRows {
        classNames = List.copyOf(classNames);
        keyNames = List.copyOf(keyNames);
    }

    /**
     * Of raw data that were opened with the spec's columns aside.
     *
     * @param numbers of the rows to use, rising
     */
    public static FoldRows of(RawData data, FoldSpec spec, int[] numbers) {
        int[] classes = new int[numbers.length];
        if (!data.classes().isEmpty()) {
            int[] all = data.classOfRow();
            classes = Arrays.stream(numbers).map(row -> all[row]).toArray();
        }
        if (spec.columns().isEmpty()) {
            int[] each = IntStream.range(0, numbers.length).toArray();
            return new FoldRows(numbers, classes, data.classes(), each, List.of());
        }
        RawData.Values values = data.aside(0);
        List<String> sorted = sorted(values.names());
        int[] rank = values.names().stream().mapToInt(sorted::indexOf).toArray();
        int[] keys =
                Arrays.stream(numbers).map(row -> rank[values.codes()[row]]).toArray();
        return new FoldRows(numbers, classes, data.classes(), keys, sorted);
    }

    /** By value if all are numbers, else as text. */
    static List<String> sorted(List<String> names) {
        List<String> sorted = new ArrayList<>(names);
        sorted.sort(Comparator.naturalOrder());
        if (names.stream().allMatch(FoldRows::isNumber)) {
            sorted.sort(Comparator.comparingDouble(Double::parseDouble));
        }
        return sorted;
    }

    private static boolean isNumber(String text) {
        return text.matches("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?");
    }

    /** Whether each row stands for itself: no two have the same key. */
    static boolean isWhole(FoldRows rows) {
        return Arrays.stream(rows.keys()).distinct().count() == rows.size();
    }

    int size() {
        return numbers.length;
    }

    /** Those at some places, in rising order. */
    FoldRows at(int[] places) {
        return new FoldRows(pick(numbers, places), pick(classes, places), classNames, pick(keys, places), keyNames);
    }

    /** Those of some numbers, which are rising and among these rows. */
    public FoldRows of(int[] some) {
        return at(Arrays.stream(some)
                .map(row -> Arrays.binarySearch(numbers, row))
                .toArray());
    }

    private static int[] pick(int[] values, int[] places) {
        return Arrays.stream(places).map(place -> values[place]).toArray();
    }

    /** Whether rows of equal keys stay together in a random division. */
    static boolean groups(FoldSpec spec) {
        return spec.groupBy().isPresent();
    }

    static boolean orders(FoldSpec spec) {
        return spec.folding() instanceof Folding.Forward;
    }
}
