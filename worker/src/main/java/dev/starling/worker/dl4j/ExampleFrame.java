package dev.starling.worker.dl4j;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;

/**
 * A frame as {@link FramePacker} wrote it.
 *
 * @param offsets where each array's bytes begin
 */
record ExampleFrame(ExampleShape shape, int rows, byte[] bytes, int[] offsets) {
    static ExampleFrame of(byte[] bytes) {
        ByteArrayInputStream in = new ByteArrayInputStream(bytes);
        try (DataInputStream data = new DataInputStream(in)) {
            int rows = data.readInt();
            ExampleShape shape = ExampleShape.read(data);
            int[] offsets = new int[shape.slots().size()];
            int at = bytes.length - in.available();
            for (int slot = 0; slot < offsets.length; slot++) {
                offsets[slot] = at;
                at += rows * width(shape, slot);
            }
            return new ExampleFrame(shape, rows, bytes, offsets);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot decode examples of " + bytes.length + " bytes", e);
        }
    }

    private static int width(ExampleShape shape, int slot) {
        Optional<ExampleShape.Slot> there = shape.slots().get(slot);
        return there.map(ExampleShape.Slot::bytes).orElse(0);
    }

    /** Copies an array's part of some examples to where the pointer stands. */
    void copy(int slot, int from, int examples, BytePointer to) {
        int width = width(shape, slot);
        to.put(bytes, offsets[slot] + from * width, examples * width);
    }
}
