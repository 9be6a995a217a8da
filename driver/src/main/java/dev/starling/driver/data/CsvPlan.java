package dev.starling.driver.data;

import dev.starling.worker.data.RawBlock;
import dev.starling.worker.network.Shape;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** A CSV source whose files are counted and whose columns are found. */
record CsvPlan(SourceSpec.Csv spec, Columns columns, List<CountedFile> files) implements SourcePlan {
    CsvPlan {
        files = List.copyOf(files);
    }

    /**
     * A file with the number of its records.
     *
     * @param records of data, without the header
     * @param firstBlock number of its first block in the source
     * @param marks places where reading may begin, in order; the first is the beginning
     */
    record CountedFile(DataFile file, long records, int firstBlock, List<Mark> marks) implements Serializable {
        CountedFile {
            marks = List.copyOf(marks);
        }

        int blocks() {
            return (int) ((records + RawBlock.ROWS - 1) / RawBlock.ROWS);
        }
    }

    /**
     * A place in a file where a range of bytes begins.
     *
     * @param offset of the range; its lines are those that begin in it
     * @param records before it, the header too
     * @param lines before it
     */
    record Mark(long offset, long records, long lines) implements Serializable {}

    boolean isStreamed(DataFile file) {
        return file.compressed() || spec.multiline();
    }

    @Override
    public Schema schema() {
        return columns.schema();
    }

    @Override
    public boolean fillsMissing() {
        return spec.missing().policy() == SourceSpec.Policy.MEAN;
    }

    @Override
    public int blocks() {
        return files.stream().mapToInt(CountedFile::blocks).sum();
    }

    @Override
    public List<Integer> cuts(int parts) {
        List<Integer> cuts = new ArrayList<>();
        for (CountedFile file : files) {
            SourcePlan.addCuts(cuts, file.firstBlock(), file.blocks(), isStreamed(file.file()), parts);
        }
        return cuts;
    }

    @Override
    public long blockBytes() {
        long rowBytes = (long) Double.BYTES * schema().numbers() + (long) Integer.BYTES * schema().texts();
        return files.stream().mapToLong(CountedFile::records).sum() * rowBytes;
    }

    @Override
    public Optional<Shape> shape() {
        return Optional.empty();
    }

    @Override
    public String place(int block, long where) {
        return fileOf(block).file().name() + ":" + where;
    }

    CountedFile fileOf(int block) {
        return files.stream()
                .filter(file -> block >= file.firstBlock() && block < file.firstBlock() + file.blocks())
                .findFirst()
                .orElseThrow();
    }

    @Override
    public Iterator<ParsedBlock> read(int from, int to, int firstIndex, Configuration configuration) {
        return new CsvBlocks(this, from, to, firstIndex, configuration);
    }
}
