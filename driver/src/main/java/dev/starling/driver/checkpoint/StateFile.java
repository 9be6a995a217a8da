package dev.starling.driver.checkpoint;

import dev.starling.worker.InvalidInput;
import dev.starling.worker.exchange.StateVector;
import dev.starling.worker.memory.FlatVector;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * The one form of a checkpoint's files: the word {@code STARLING}, the version of the format, a head of bytes, float arrays by name, and a CRC-32C over everything
 * before it. Numbers are big-endian as Java writes them, floats little-endian as the machines hold them. Arrays go in pieces, so that no file is in memory as a whole.
 */
final class StateFile {
    static final int FORMAT_VERSION = 1;
    static final long MAGIC = 0x535441524C494E47L;
    /** Floats that are in memory at a time. */
    static final int PIECE = 1 << 14;

    private StateFile() {}

    /** Throws what the stream throws; leaves it open. */
    static void write(OutputStream stream, byte[] head, List<StateVector> vectors) throws IOException {
        CheckedOutputStream checked = new CheckedOutputStream(stream, new CRC32C());
        DataOutputStream out = new DataOutputStream(checked);
        out.writeLong(MAGIC);
        out.writeInt(FORMAT_VERSION);
        out.writeInt(head.length);
        out.write(head);
        out.writeInt(vectors.size());
        for (StateVector vector : vectors) {
            out.writeUTF(vector.name());
            out.writeInt(vector.vector().length());
            write(out, vector.vector());
        }
        out.writeLong(checked.getChecksum().getValue());
        out.flush();
    }

    private static void write(DataOutputStream out, FlatVector vector) throws IOException {
        float[] floats = new float[Math.min(PIECE, vector.length())];
        ByteBuffer bytes = ByteBuffer.allocate(4 * floats.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < vector.length(); at += floats.length) {
            int length = Math.min(floats.length, vector.length() - at);
            vector.get(at, floats, 0, length);
            bytes.asFloatBuffer().put(floats, 0, length);
            out.write(bytes.array(), 0, 4 * length);
        }
    }

    static void requireVersion(long found, String place) {
        if (found > FORMAT_VERSION) {
            throw new InvalidInput("Cannot read " + place + ": formatVersion " + found + " (expected at most "
                    + FORMAT_VERSION + "; a later Starling wrote it)");
        }
    }
}
