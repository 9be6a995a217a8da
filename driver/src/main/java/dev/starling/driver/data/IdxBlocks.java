package dev.starling.driver.data;

import dev.starling.driver.data.Schema.TargetKind;
import dev.starling.worker.data.RawBlock;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;

/** Reads consecutive blocks of IDX files. What cannot be read because a file ends too early is a problem and an empty block. */
final class IdxBlocks implements Iterator<ParsedBlock> {
    private final IdxPlan plan;
    private final int to;
    private final int firstIndex;
    private final Configuration configuration;
    private int next;

    /** Streams of features and labels; empty when none is open. */
    private final List<InputStream> open = new ArrayList<>();

    IdxBlocks(IdxPlan plan, int from, int to, int firstIndex, Configuration configuration) {
        this.plan = plan;
        this.next = from;
        this.to = to;
        this.firstIndex = firstIndex;
        this.configuration = configuration;
    }

    @Override
    public boolean hasNext() {
        return next < to;
    }

    @Override
    public ParsedBlock next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        int block = next++;
        try {
            ParsedBlock parsed = read(block);
            if (next == to) {
                close();
            }
            return parsed;
        } catch (IOException | RuntimeException e) {
            closeAfter(e);
            throw e instanceof RuntimeException unchecked
                    ? unchecked
                    : new UncheckedIOException(
                            "Cannot read " + plan.features().file().name(), (IOException) e);
        }
    }

    private ParsedBlock read(int block) throws IOException {
        int first = block * RawBlock.ROWS;
        int rows = Math.min(RawBlock.ROWS, plan.features().items() - first);
        BlockProblems problems = new BlockProblems();
        List<byte[]> contents = new ArrayList<>();
        List<IdxFile> files = new ArrayList<>(plan.labels());
        files.add(0, plan.features());
        for (int i = 0; i < files.size() && problems.count() == 0; i++) {
            contents.add(content(i, files.get(i), first, rows, problems));
        }
        return problems.count() == 0
                ? build(block, rows, contents, problems)
                : new BlockBuilder(firstIndex + block, plan.schema(), 0).build(problems);
    }

    private byte[] content(int stream, IdxFile file, int first, int rows, BlockProblems problems) throws IOException {
        byte[] bytes = new byte[Math.multiplyExact(rows, file.itemBytes())];
        try {
            if (open.size() <= stream) {
                open.add(file.openAt(first, configuration));
            }
            InputStream in = open.get(stream);
            if (in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
                throw new EOFException();
            }
            // At the end of compressed data their checksum is looked at.
            if (first + rows == file.items() && in.read() >= 0) {
                problems.add(() -> "Cannot read " + file.file().name() + ": more bytes follow its " + file.items()
                        + " items (expected none)");
            }
        } catch (EOFException e) {
            long present = file.itemsPresent(configuration);
            problems.add(() -> "Cannot read " + file.file().name() + ": it is truncated, it holds " + present + " of "
                    + file.items() + " items (expected all)");
        } catch (IOException e) {
            if (!file.file().compressed()) {
                throw e;
            }
            problems.add(() -> "Cannot read " + file.file().name() + ": it is damaged: " + e.getMessage()
                    + " (expected whole compressed data)");
        }
        return bytes;
    }

    private ParsedBlock build(int block, int rows, List<byte[]> contents, BlockProblems problems) {
        Schema schema = plan.schema();
        byte[] features = contents.get(0);
        if (schema.kind() == TargetKind.CLASSES) {
            return classes(block, rows, contents, problems);
        }
        byte[] bytes = schema.kind().isNumeric() ? beside(features, contents.get(1), rows) : features;
        for (int row = 0; schema.kind() == TargetKind.SHARES && row < rows; row++) {
            int label = contents.get(1)[row] & 0xFF;
            if (label > 1) {
                long item = (long) block * RawBlock.ROWS + row + 1;
                problems.add(() ->
                        "Cannot read " + plan.place(block, item) + ": the label is " + label + " (expected 0 or 1)");
            }
        }
        RawBlock raw = new RawBlock(firstIndex + block, rows, new double[0], bytes, new int[0], new String[0][]);
        return BlockBuilder.parsed(raw, schema, List.of(), new int[schema.numbers()], problems);
    }

    /** The labels are class names: numbers as text. */
    private ParsedBlock classes(int block, int rows, List<byte[]> contents, BlockProblems problems) {
        Map<Integer, Integer> dictionary = new HashMap<>();
        List<String> names = new ArrayList<>();
        List<Long> where = new ArrayList<>();
        int[] codes = new int[rows];
        for (int row = 0; row < rows; row++) {
            int label = contents.get(1)[row] & 0xFF;
            Integer code = dictionary.putIfAbsent(label, names.size());
            codes[row] = code == null ? names.size() : code;
            if (code == null) {
                names.add(String.valueOf(label));
                where.add((long) block * RawBlock.ROWS + row + 1);
            }
        }
        String[][] dictionaries = {names.toArray(String[]::new)};
        RawBlock raw = new RawBlock(firstIndex + block, rows, new double[0], contents.get(0), codes, dictionaries);
        return BlockBuilder.parsed(
                raw, plan.schema(), where, new int[plan.schema().numbers()], problems);
    }

    private static byte[] beside(byte[] features, byte[] labels, int rows) {
        int width = features.length / rows;
        byte[] joined = Arrays.copyOf(features, features.length + rows);
        for (int row = rows - 1; row >= 0; row--) {
            System.arraycopy(features, row * width, joined, row * (width + 1), width);
            joined[row * (width + 1) + width] = labels[row];
        }
        return joined;
    }

    private void close() throws IOException {
        for (InputStream in : open) {
            in.close();
        }
        open.clear();
    }

    private void closeAfter(Exception e) {
        try {
            close();
        } catch (IOException suppressed) {
            e.addSuppressed(suppressed);
        }
    }
}
