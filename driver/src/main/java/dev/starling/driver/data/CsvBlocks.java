package dev.starling.driver.data;

import dev.starling.driver.data.CsvPlan.CountedFile;
import dev.starling.driver.data.CsvPlan.Mark;
import dev.starling.worker.data.RawBlock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;

/** Reads consecutive blocks of a CSV source. A file is opened at the last mark before its first block and closed after its last. */
final class CsvBlocks implements Iterator<ParsedBlock> {
    private final CsvPlan plan;
    private final int to;
    private final int firstIndex;
    private final Configuration configuration;
    private int next;
    private RecordReader open;

    CsvBlocks(CsvPlan plan, int from, int to, int firstIndex, Configuration configuration) {
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
        CountedFile file = plan.fileOf(next);
        try {
            return read(file, next++);
        } catch (IOException | RuntimeException e) {
            closeAfter(e);
            throw e instanceof RuntimeException unchecked
                    ? unchecked
                    : new UncheckedIOException("Cannot read " + file.file().name(), (IOException) e);
        }
    }

    private ParsedBlock read(CountedFile file, int block) throws IOException {
        long first = (long) RawBlock.ROWS * (block - file.firstBlock());
        if (open == null) {
            open = openAt(file, first + (plan.spec().header() ? 1 : 0));
        }
        int expected = (int) Math.min(RawBlock.ROWS, file.records() - first);
        BlockProblems problems = new BlockProblems();
        BlockBuilder builder = new BlockBuilder(firstIndex + block, plan.schema(), expected);
        CsvRow row = new CsvRow(plan, file.file(), builder, problems);
        for (int i = 0; i < expected; i++) {
            if (!open.next()) {
                throw new IOException("it holds fewer records than when they were counted");
            }
            row.read(open);
        }
        if (block + 1 == to || block + 1 == file.firstBlock() + file.blocks()) {
            open.close();
            open = null;
        }
        row.finish();
        return builder.build(problems);
    }

    private RecordReader openAt(CountedFile file, long record) throws IOException {
        Mark mark = file.marks().get(0);
        for (Mark other : file.marks()) {
            mark = other.records() <= record ? other : mark;
        }
        LineReader lines = CsvIndex.openLines(mark.offset(), mark.lines(), file.file(), configuration);
        RecordReader records =
                new RecordReader(lines, plan.spec().multiline(), plan.spec().quote());
        records.skip(record - mark.records());
        return records;
    }

    private void closeAfter(Exception e) {
        if (open != null) {
            try {
                open.close();
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
        }
    }
}
