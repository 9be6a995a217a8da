package dev.starling.driver.data;

import dev.starling.driver.data.SourceSpec.Policy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** Turns one record after the other into a row of a block, or into problems. Not thread-safe. */
final class CsvRow {
    private static final Set<String> NOT_FINITE = Set.of("nan", "inf", "infinity");

    private final Columns columns;
    private final Policy policy;
    private final byte[][] missing;
    private final DataFile file;
    private final FieldReader fields;
    private final BlockBuilder builder;
    private final BlockProblems problems;
    private long line;
    private boolean kept;
    /** By column: whether any value was a number, and how many were words. */
    private final boolean[] numeric;

    private final int[] words;

    CsvRow(CsvPlan plan, DataFile file, BlockBuilder builder, BlockProblems problems) {
        this.columns = plan.columns();
        this.policy = plan.spec().missing().policy();
        this.missing = plan.spec().missing().values().stream()
                .map(value -> value.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        this.file = file;
        this.fields = new FieldReader(plan.spec().delimiter(), plan.spec().quote());
        this.builder = builder;
        this.problems = problems;
        this.numeric = new boolean[columns.names().size()];
        this.words = new int[columns.names().size()];
    }

    /** After the block's last record: a feature of words alone is one problem, not one for each row. */
    void finish() {
        for (int column = 0; column < words.length; column++) {
            if (words[column] > 0 && !numeric[column] && !columns.isTarget(column)) {
                String name = columns.names().get(column);
                problems.replace(
                        column,
                        "Cannot read " + file.name() + ": column '" + name
                                + "' holds words (expected numbers; categorical: [" + name
                                + "] makes categories of them, and drop leaves the column out)");
            }
        }
    }

    void read(RecordReader record) {
        line = record.line();
        try {
            fields.read(record.bytes(), record.start(), record.end());
        } catch (IOException e) {
            problems.add(() -> cannotRead() + ": " + e.getMessage() + " (expected quotes that open and close a field)");
            return;
        }
        int expected = columns.names().size();
        if (fields.count() != expected) {
            int found = fields.count();
            problems.add(() ->
                    cannotRead() + ": it has " + found + " fields (expected " + expected + ", as the first line)");
            return;
        }
        kept = true;
        for (int column = 0; column < expected; column++) {
            if (columns.numberAt()[column] >= 0) {
                builder.number(columns.numberAt()[column], number(column));
            } else if (columns.textAt()[column] >= 0) {
                builder.text(columns.textAt()[column], text(column));
            }
        }
        if (kept) {
            builder.keep(line);
        }
    }

    private double number(int column) {
        if (isMissing(column)) {
            missing(column);
            return Double.NaN;
        }
        double value = fields.number(column);
        if (Double.isNaN(value)) {
            kept = false;
            badNumber(column, fields.text(column));
            return value;
        }
        numeric[column] = true;
        if (isShare(column) && (value < 0 || value > 1)) {
            kept = false;
            problem(column, "holds " + fields.text(column), "a number from 0 to 1, as binaryCrossentropy needs");
        }
        return value;
    }

    private boolean isShare(int column) {
        return columns.schema().kind() == Schema.TargetKind.SHARES && columns.isTarget(column);
    }

    private String text(int column) {
        if (isMissing(column)) {
            missing(column);
            return "";
        }
        String text = fields.text(column);
        if (text.isEmpty()) {
            kept = false;
            problem(column, "is empty", "a name; missing.values says what means a missing one");
        }
        return text;
    }

    private boolean isMissing(int column) {
        for (byte[] value : missing) {
            if (fields.is(column, value)) {
                return true;
            }
        }
        return false;
    }

    private void missing(int column) {
        boolean target = columns.isTarget(column) || columns.isAside(column);
        if (policy == Policy.DROP) {
            kept = false;
        } else if (policy == Policy.ERROR || target) {
            kept = false;
            problem(
                    column,
                    "has a missing value, '" + fields.text(column) + "'",
                    target
                            ? (columns.isAside(column) ? "a value" : "a target")
                                    + " in every row, or missing.policy: drop"
                            : "none, or another missing.policy: drop or mean");
        }
    }

    private void badNumber(int column, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        String bare = lower.startsWith("-") || lower.startsWith("+") ? lower.substring(1) : lower;
        boolean tooLarge = bare.matches("[0-9]+(\\.[0-9]*)?(e[+-]?[0-9]+)?");
        if (NOT_FINITE.contains(bare) || tooLarge) {
            problem(column, "holds " + text, "a finite number");
        } else {
            words[column]++;
            String where = cannotRead();
            problems.add(
                    column,
                    () -> where + ": column '" + columns.names().get(column) + "' holds '" + text
                            + "' (expected a number)");
        }
    }

    private void problem(int column, String found, String expected) {
        String where = cannotRead();
        problems.add(() ->
                where + ": column '" + columns.names().get(column) + "' " + found + " (expected " + expected + ")");
    }

    private String cannotRead() {
        return "Cannot read " + file.name() + ":" + line;
    }
}
