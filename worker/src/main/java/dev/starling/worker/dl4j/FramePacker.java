package dev.starling.worker.dl4j;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Puts examples of one shape together to a frame: its number of examples, their shape, then array by array the bytes of all examples. Small data sets so
 * become few records of a shuffle. Not thread-safe.
 */
final class FramePacker {
    /** A frame ends once it has as many bytes. */
    private static final int FULL = 1 << 18;

    private Optional<ExampleShape> shape = Optional.empty();
    private byte[][] slots = {};
    private int[] widths = {};
    private int rows;
    private int bytes;

    /** Whether an example of this shape can join what is there. */
    boolean takes(ExampleShape next) {
        return rows == 0 || (bytes < FULL && shape.orElseThrow().equals(next));
    }

    /** Takes in an example, for which {@link #takes} must be true. */
    void add(ExampleRows source, int row) {
        if (rows == 0) {
            start(source.shape());
        }
        for (int slot = 0; slot < slots.length; slot++) {
            int width = widths[slot];
            if (width > 0) {
                int at = rows * width;
                if (slots[slot].length < at + width) {
                    slots[slot] = Arrays.copyOf(slots[slot], Math.max(at + width, 2 * at));
                }
                source.get(slot, row, slots[slot], at, width);
            }
        }
        rows++;
        bytes += source.shape().bytes();
    }

    private void start(ExampleShape first) {
        if (shape.isPresent() && shape.get().equals(first)) {
            return;
        }
        shape = Optional.of(first);
        widths = first.slots().stream()
                .mapToInt(slot -> slot.map(ExampleShape.Slot::bytes).orElse(0))
                .toArray();
        slots = new byte[widths.length][0];
    }

    boolean isEmpty() {
        return rows == 0;
    }

    /** What is there, as a frame; then begins anew. */
    byte[] take() {
        ByteArrayOutputStream frame = new ByteArrayOutputStream(bytes + 256);
        try (DataOutputStream out = new DataOutputStream(frame)) {
            out.writeInt(rows);
            shape.orElseThrow().write(out);
            for (int slot = 0; slot < slots.length; slot++) {
                out.write(slots[slot], 0, rows * widths[slot]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot encode examples in memory", e);
        }
        rows = 0;
        bytes = 0;
        return frame.toByteArray();
    }
}
