package dev.starling.worker.dl4j;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Puts examples of one shape together to a frame: its number of examples, their shape, then array by array the bytes of all examples. Small data sets so
 * become few records of a shuffle. An example is copied once, to where it stays in a full frame. Not thread-safe.
 */
final class FramePacker {
    /** About the bytes of a full frame; a larger example is a frame of its own. */
    private static final int FULL = 1 << 17;

    private Optional<ExampleShape> shape = Optional.empty();
    private byte[] header = {};
    private int[] widths = {};
    private int capacity;
    private byte[] frame = {};
    private int rows;

    /** Whether an example of this shape can join what is there. */
    boolean takes(ExampleShape next) {
        return rows == 0 || (rows < capacity && isOf(next));
    }

    /** Mostly the very same: a data set makes one for all its examples. */
    @SuppressWarnings("ReferenceEquality") // it only spares the look inside
    private boolean isOf(ExampleShape next) {
        return shape.isPresent() && (shape.get() == next || shape.get().equals(next));
    }

    /** Takes in an example, for which {@link #takes} must be true. */
    void add(ExampleRows source, int row) {
        if (rows == 0) {
            start(source.shape());
        }
        int from = header.length;
        for (int slot = 0; slot < widths.length; slot++) {
            int width = widths[slot];
            if (width > 0) {
                source.get(slot, row, frame, from + rows * width, width);
            }
            from += capacity * width;
        }
        rows++;
    }

    private void start(ExampleShape first) {
        if (!isOf(first)) {
            widths = first.slots().stream()
                    .mapToInt(slot -> slot.map(ExampleShape.Slot::bytes).orElse(0))
                    .toArray();
            header = header(first);
            capacity = Math.max(1, FULL / Math.max(1, Arrays.stream(widths).sum()));
        }
        shape = Optional.of(first);
        frame = new byte[header.length + capacity * Arrays.stream(widths).sum()];
        System.arraycopy(header, 0, frame, 0, header.length);
    }

    /** With room for the number of examples in front. */
    private static byte[] header(ExampleShape shape) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(0);
            shape.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot encode the shape of examples in memory", e);
        }
        return bytes.toByteArray();
    }

    boolean isEmpty() {
        return rows == 0;
    }

    /** What is there, as a frame; then begins anew. */
    byte[] take() {
        byte[] taken = rows == capacity ? frame : shortened();
        ByteBuffer.wrap(taken).putInt(0, rows);
        rows = 0;
        frame = new byte[0];
        return taken;
    }

    private byte[] shortened() {
        int from = header.length;
        int to = header.length;
        for (int width : widths) {
            System.arraycopy(frame, from, frame, to, rows * width);
            from += capacity * width;
            to += rows * width;
        }
        return Arrays.copyOf(frame, to);
    }
}
