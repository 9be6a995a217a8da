package dev.starling.driver.data;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * An IDX file (MNIST's format) of unsigned bytes: two zero bytes, 0x08, the rank, then big-endian sizes, then the values.
 *
 * @param items the first size
 * @param shape the other sizes, of one item
 */
record IdxFile(DataFile file, int items, List<Integer> shape) implements Serializable {
    private static final int UNSIGNED_BYTES = 0x08;
    private static final int PIECE = 1 << 16;

    IdxFile {
        shape = List.copyOf(shape);
    }

    /** Reads the header. Throws with the reason where it is none. */
    static IdxFile open(DataFile file, Configuration configuration) throws IOException {
        try (DataInputStream in = new DataInputStream(file.open(configuration))) {
            int magic = in.readInt();
            int rank = magic & 0xFF;
            if (magic >>> 8 != UNSIGNED_BYTES || rank < 1 || rank > 4) {
                throw new IOException(String.format(
                        "it begins with 0x%08X (expected 0x00000801 to 0x00000804, an IDX file of unsigned bytes)",
                        magic));
            }
            List<Integer> sizes = new ArrayList<>();
            for (int i = 0; i < rank; i++) {
                sizes.add(in.readInt());
            }
            if (sizes.stream().anyMatch(size -> size <= 0)) {
                throw new IOException("it is empty, its sizes are " + sizes + " (expected sizes from 1)");
            }
            return new IdxFile(file, sizes.get(0), sizes.subList(1, rank));
        } catch (EOFException e) {
            throw new IOException("it is empty or truncated (expected an IDX file's header)", e);
        }
    }

    /** Bytes of one item. */
    int itemBytes() {
        return shape.stream().reduce(1, Math::multiplyExact);
    }

    int headerBytes() {
        return 4 * (shape.size() + 2);
    }

    /** Opens the values of an item and those after it. */
    InputStream openAt(int item, Configuration configuration) throws IOException {
        return file.openPast(headerBytes() + (long) item * itemBytes(), configuration);
    }

    /** Whole items that the file really holds, however many it says; reads all of it. */
    long itemsPresent(Configuration configuration) throws IOException {
        long bytes = 0;
        try (InputStream in = file.open(configuration)) {
            byte[] piece = new byte[PIECE];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                bytes += read;
            }
        } catch (EOFException e) {
            // Compressed data that end too early: what came before them is what there is.
            return items(bytes);
        }
        return items(bytes);
    }

    private long items(long bytes) {
        return Math.max(0, (bytes - headerBytes()) / itemBytes());
    }
}
