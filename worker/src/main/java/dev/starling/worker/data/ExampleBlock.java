package dev.starling.worker.data;

import dev.starling.worker.memory.FlatVector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.Optional;

/**
 * One replica's training examples as one run of floats, row by row (features channels first, then the stored target), on the heap or, where that
 * would be too much, in a memory-mapped temporary file. Segments of up to 1 GiB, each of whole rows, since Java's arrays and buffers end at 2 GiB. Not thread-safe while it is filled;
 * then any number of threads may gather from it.
 */
public final class ExampleBlock implements AutoCloseable {
    private static final long SEGMENT_BYTES = 1L << 30;

    private final int rows;
    private final int featureSize;
    private final int width;
    private final int rowsPerSegment;
    private final FloatBuffer[] segments;
    private final BitSet filled;
    private final Optional<Path> file;

    private ExampleBlock(
            int rows, int featureSize, int width, int rowsPerSegment, FloatBuffer[] segments, Optional<Path> file) {
        this.rows = rows;
        this.featureSize = featureSize;
        this.width = width;
        this.rowsPerSegment = rowsPerSegment;
        this.segments = segments;
        this.filled = new BitSet(rows);
        this.file = file;
    }

    /**
     * Room for {@code rows} examples.
     *
     * @param rows ≥ 0
     * @param featureSize ≥ 1, floats
     * @param storedTargetSize ≥ 0, floats
     * @param spillFolder existing folder for the temporary file
     * @param heapLimitBytes what takes more goes to the file
     */
    public static ExampleBlock allocate(
            int rows, int featureSize, int storedTargetSize, Path spillFolder, long heapLimitBytes) {
        return allocate(rows, featureSize, storedTargetSize, spillFolder, heapLimitBytes, SEGMENT_BYTES);
    }

    static ExampleBlock allocate(
            int rows, int featureSize, int storedTargetSize, Path spillFolder, long heapLimitBytes, long segmentBytes) {
        int width = Math.addExact(featureSize, storedTargetSize);
        int rowsPerSegment = (int) Math.max(1, Math.min(rows, segmentBytes / (4L * width)));
        int count = (int) ((rows + (long) rowsPerSegment - 1) / rowsPerSegment);
        FloatBuffer[] segments = new FloatBuffer[count];
        if (4L * rows * width > heapLimitBytes) {
            Path file = map(segments, rows, width, rowsPerSegment, spillFolder);
            return new ExampleBlock(rows, featureSize, width, rowsPerSegment, segments, Optional.of(file));
        }
        for (int i = 0; i < count; i++) {
            segments[i] = FloatBuffer.allocate(Math.multiplyExact(rowsIn(i, rows, rowsPerSegment), width));
        }
        return new ExampleBlock(rows, featureSize, width, rowsPerSegment, segments, Optional.empty());
    }

    private static int rowsIn(int segment, int rows, int rowsPerSegment) {
        return (int) Math.min(rowsPerSegment, rows - (long) segment * rowsPerSegment);
    }

    private static Path map(FloatBuffer[] segments, int rows, int width, int rowsPerSegment, Path folder) {
        try {
            Path file = Files.createTempFile(folder, "starling-examples-", ".floats");
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                long at = 0;
                for (int i = 0; i < segments.length; i++) {
                    long bytes = 4L * rowsIn(i, rows, rowsPerSegment) * width;
                    segments[i] = channel.map(FileChannel.MapMode.READ_WRITE, at, bytes)
                            .order(ByteOrder.nativeOrder())
                            .asFloatBuffer();
                    at += bytes;
                }
                return file;
            } catch (IOException e) {
                Files.deleteIfExists(file);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot hold examples in a temporary file: " + folder + " takes none (expected " + 4L * rows * width
                            + " free bytes)",
                    e);
        }
    }

    public int rows() {
        return rows;
    }

    /** What the examples take, on the heap or in the file. */
    public long bytes() {
        return 4L * rows * width;
    }

    /** Whether the examples lie in a memory-mapped file. */
    public boolean isMapped() {
        return file.isPresent();
    }

    /**
     * Puts training rows into their slots.
     *
     * @throws IllegalStateException for a slot that is filled already
     */
    public void put(RowChunk chunk) {
        if (chunk.width() != width || chunk.slots().length != chunk.rows()) {
            throw new IllegalArgumentException(
                    "Cannot take " + chunk.rows() + " rows of " + chunk.width() + " floats with " + chunk.slots().length
                            + " slots (expected " + width + " floats a row, and a slot for each)");
        }
        for (int i = 0; i < chunk.rows(); i++) {
            int slot = chunk.slots()[i];
            if (slot < 0 || slot >= rows || filled.get(slot)) {
                throw new IllegalStateException("Cannot take an example for slot " + slot
                        + ": it is filled or outside (expected each of 0 to " + (rows - 1) + " once)");
            }
            filled.set(slot);
            segments[slot / rowsPerSegment].put(slot % rowsPerSegment * width, chunk.values(), i * width, width);
        }
    }

    /** @throws IllegalStateException unless every slot was filled */
    public void requireComplete() {
        if (filled.cardinality() != rows) {
            throw new IllegalStateException("Cannot train: " + filled.cardinality() + " of " + rows
                    + " examples arrived (expected all); the first that is missing is " + filled.nextClearBit(0));
        }
    }

    /**
     * Gathers a batch by bulk copies.
     *
     * @param order row numbers
     * @param from where the batch begins in {@code order}
     * @param batch rows of the batch
     * @param features at least batch × featureSize floats, written from 0
     * @param targets at least batch × outputs floats, written from 0
     */
    public void gather(int[] order, int from, int batch, TargetCoding coding, FlatVector features, FlatVector targets) {
        FloatBuffer featureFloats = features.floats();
        FloatBuffer targetFloats = targets.floats();
        int outputs = coding.outputs();
        for (int i = 0; i < batch; i++) {
            int row = order[from + i];
            FloatBuffer segment = segments[row / rowsPerSegment];
            int at = row % rowsPerSegment * width;
            featureFloats.put(i * featureSize, segment, at, featureSize);
            coding.write(segment, at, featureSize, targetFloats, i * outputs);
        }
    }

    /** Copies the first floats of an example, features first. */
    public void read(int row, float[] into) {
        segments[row / rowsPerSegment].get(row % rowsPerSegment * width, into);
    }

    /** A stored target of one float: a class. */
    public float storedTarget(int row) {
        return segments[row / rowsPerSegment].get(row % rowsPerSegment * width + featureSize);
    }

    /** Deletes the temporary file, if there is one; its memory goes when the block is no longer reachable. */
    @Override
    public void close() {
        if (file.isPresent()) {
            try {
                Files.deleteIfExists(file.get());
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot delete " + file.get(), e);
            }
        }
    }
}
