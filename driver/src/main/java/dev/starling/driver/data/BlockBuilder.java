package dev.starling.driver.data;

import dev.starling.worker.data.RawBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects the rows of one block. A row is set value by value, then kept or not. Not thread-safe. */
final class BlockBuilder {
    private static final int[] NO_CODES = {};

    private final int index;
    private final Schema schema;
    private final int numbers;
    private final int texts;
    private final double[] values;
    private final int[] codes;
    private final List<Map<String, Integer>> dictionaries = new ArrayList<>();
    private final List<Long> classWhere = new ArrayList<>();
    private final int[] missing;
    private final String[] rowTexts;
    private int rows;

    /** @param capacity rows at most */
    BlockBuilder(int index, Schema schema, int capacity) {
        this.index = index;
        this.schema = schema;
        this.numbers = schema.numbers();
        this.texts = schema.texts();
        this.values = new double[Math.multiplyExact(capacity, numbers)];
        this.codes = new int[capacity * texts];
        this.missing = new int[numbers];
        this.rowTexts = new String[texts];
        for (int i = 0; i < texts; i++) {
            dictionaries.add(new HashMap<>());
        }
    }

    /** A number of the current row; NaN where it is missing. */
    void number(int column, double value) {
        values[rows * numbers + column] = value;
    }

    /** A text of the current row; empty where it is missing. */
    void text(int column, String value) {
        rowTexts[column] = value;
    }

    /**
     * Keeps the current row.
     *
     * @param where line or item, from 1
     */
    void keep(long where) {
        for (int i = 0; i < numbers; i++) {
            missing[i] += Double.isNaN(values[rows * numbers + i]) ? 1 : 0;
        }
        boolean classes = schema.kind() == Schema.TargetKind.CLASSES;
        for (int i = 0; i < texts; i++) {
            Map<String, Integer> dictionary = dictionaries.get(i);
            int known = dictionary.size();
            int code = rowTexts[i].isEmpty() ? -1 : dictionary.computeIfAbsent(rowTexts[i], name -> known);
            codes[rows * texts + i] = code;
            if (classes && i == schema.classColumn() && code == known) {
                classWhere.add(where);
            }
        }
        rows++;
    }

    ParsedBlock build(BlockProblems problems) {
        String[][] names = dictionaries.stream().map(BlockBuilder::names).toArray(String[][]::new);
        double[] numbersRead = values.length == rows * numbers ? values : Arrays.copyOf(values, rows * numbers);
        int[] codesRead = texts == 0 ? NO_CODES : Arrays.copyOf(codes, rows * texts);
        RawBlock block = new RawBlock(index, rows, numbersRead, new byte[0], codesRead, names);
        return parsed(block, schema, classWhere, missing, problems);
    }

    /**
     * Adds to a block what is counted over it.
     *
     * @param classWhere per class of the block, where it appeared first
     */
    static ParsedBlock parsed(
            RawBlock block, Schema schema, List<Long> classWhere, int[] missing, BlockProblems problems) {
        boolean classes = schema.kind() == Schema.TargetKind.CLASSES;
        int texts = schema.texts();
        String[] names = classes ? block.dictionaries()[schema.classColumn()] : new String[0];
        int[] counts = new int[names.length];
        for (int row = 0; classes && row < block.rows(); row++) {
            counts[block.codes()[row * texts + schema.classColumn()]]++;
        }
        long[] where = classWhere.stream().mapToLong(Long::longValue).toArray();
        BlockFacts facts = new BlockFacts(
                block.index(),
                block.rows(),
                names,
                counts,
                where,
                missing,
                problems.first(),
                problems.count(),
                Fingerprint.of(block));
        return new ParsedBlock(block, facts);
    }

    private static String[] names(Map<String, Integer> dictionary) {
        String[] names = new String[dictionary.size()];
        dictionary.forEach((name, code) -> names[code] = name);
        return names;
    }
}
