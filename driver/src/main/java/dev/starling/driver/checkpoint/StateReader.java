package dev.starling.driver.checkpoint;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UTFDataFormatException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.apache.hadoop.fs.ChecksumException;

/** Reads a {@link StateFile} from beginning to end: first the head, then the arrays. Only {@link #arrays} tells whether the whole is sound. */
final class StateReader implements AutoCloseable {
    private final CheckedInputStream checked;
    private final DataInputStream in;
    private final String place;
    private final byte[] head;

    /** Takes the floats of an array as they come. */
    interface Sink {
        /** How many floats are expected. */
        int length();

        void take(int offset, float[] floats, int count);
    }

    /**
     * Opens a file.
     *
     * @param stream closed with this
     * @param place for messages
     * @throws DamagedCheckpoint if it is none, or ends early
     */
    StateReader(InputStream stream, String place) {
        this.checked = new CheckedInputStream(stream, new CRC32C());
        this.in = new DataInputStream(checked);
        this.place = place;
        this.head = reading(this::readHead);
    }

    private byte[] readHead() throws IOException {
        if (in.readLong() != StateFile.MAGIC) {
            throw damaged("it is no checkpoint's file");
        }
        StateFile.requireVersion(in.readInt(), place);
        int length = in.readInt();
        byte[] bytes = in.readNBytes(Math.max(0, length));
        if (bytes.length != length) {
            throw damaged("it ends early");
        }
        return bytes;
    }

    byte[] head() {
        return head;
    }

    /**
     * Reads the rest.
     *
     * @param wanted by name; other arrays are passed over
     * @throws DamagedCheckpoint if one is missing or of another length, or anything is not what was written; what was taken is then worth nothing
     */
    void arrays(Map<String, ? extends Sink> wanted) {
        reading(() -> {
            TreeSet<String> missing = new TreeSet<>(wanted.keySet());
            for (int i = in.readInt(); i > 0; i--) {
                String name = in.readUTF();
                array(name, in.readInt(), Optional.ofNullable(wanted.get(name)));
                missing.remove(name);
            }
            long sum = checked.getChecksum().getValue();
            if (in.readLong() != sum || in.read() >= 0) {
                throw damaged("it does not fit its checksum");
            }
            if (!missing.isEmpty()) {
                throw damaged("it holds no " + String.join(", ", missing));
            }
            return missing;
        });
    }

    private void array(String name, int length, Optional<? extends Sink> sink) throws IOException {
        if (length < 0 || (sink.isPresent() && sink.get().length() != length)) {
            throw damaged(length + " floats of " + name + " (expected "
                    + sink.map(Sink::length).orElse(0) + ")");
        }
        float[] floats = new float[Math.min(StateFile.PIECE, length)];
        ByteBuffer bytes = ByteBuffer.allocate(4 * floats.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < length; at += floats.length) {
            int count = Math.min(floats.length, length - at);
            in.readFully(bytes.array(), 0, 4 * count);
            if (sink.isPresent()) {
                bytes.asFloatBuffer().get(floats, 0, count);
                sink.get().take(at, floats, count);
            }
        }
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    private <T> T reading(Reading<T> reading) {
        try {
            return reading.read();
        } catch (EOFException e) {
            throw new DamagedCheckpoint("Cannot read " + place + ": it ends early (expected a whole file)", e);
        } catch (UTFDataFormatException | ChecksumException e) {
            throw new DamagedCheckpoint("Cannot read " + place + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + place + ": " + e.getMessage(), e);
        }
    }

    private DamagedCheckpoint damaged(String found) {
        return new DamagedCheckpoint("Cannot read " + place + ": " + found + " (expected what was written)");
    }

    @Override
    public void close() {
        reading(() -> {
            in.close();
            return head;
        });
    }
}
