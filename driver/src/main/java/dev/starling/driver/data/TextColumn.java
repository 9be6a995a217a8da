package dev.starling.driver.data;

import dev.starling.worker.data.RawBlock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;

/** A text column of all blocks, brought to the driver: its dictionary and a number a row. */
final class TextColumn {
    private TextColumn() {}

    static RawData.Values of(JavaRDD<ParsedBlock> blocks, int[] firstRows, int column) {
        List<String[]> names = new ArrayList<>(
                blocks.map(parsed -> dictionary(parsed.block(), column)).collect());
        names.sort(Comparator.comparingInt(dictionary -> Integer.parseInt(dictionary[0])));
        List<int[]> codes = new ArrayList<>(
                blocks.map(parsed -> codes(parsed.block(), column)).collect());
        codes.sort(Comparator.comparingInt(block -> block[0]));
        Map<String, Integer> numbers = new HashMap<>();
        List<String> all = new ArrayList<>();
        int[] ofRow = new int[firstRows[firstRows.length - 1]];
        for (int block = 0; block < codes.size(); block++) {
            int[] local = codes.get(block);
            for (int i = 1; i < local.length; i++) {
                ofRow[firstRows[block] + i - 1] =
                        local[i] < 0 ? -1 : number(names.get(block)[local[i] + 1], numbers, all);
            }
        }
        return new RawData.Values(all, ofRow);
    }

    private static int number(String name, Map<String, Integer> numbers, List<String> all) {
        return numbers.computeIfAbsent(name, unknown -> {
            all.add(unknown);
            return all.size() - 1;
        });
    }

    /** The block's number, then its names. */
    private static String[] dictionary(RawBlock block, int column) {
        List<String> names = new ArrayList<>(List.of(String.valueOf(block.index())));
        if (column < block.textColumns()) {
            names.addAll(List.of(block.dictionaries()[column]));
        }
        return names.toArray(String[]::new);
    }

    /** The block's number, then a code a row. */
    private static int[] codes(RawBlock block, int column) {
        boolean has = column < block.textColumns();
        return IntStream.range(0, block.rows() + 1)
                .map(i -> i == 0 ? block.index() : has ? block.codes()[(i - 1) * block.textColumns() + column] : -1)
                .toArray();
    }
}
