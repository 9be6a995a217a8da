package dev.starling.worker.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;

/** Half precision: 2 bytes a number. */
final class Halves implements Values {
    /** Through an array, for a loop over one is faster than over a buffer. */
    private static final ThreadLocal<short[]> ROW = ThreadLocal.withInitial(() -> new short[TreeMean.CHUNK]);

    private final ByteBuffer bytes;
    private final ShortBuffer halves;

    Halves(int length) {
        this.bytes = ByteBuffer.allocateDirect(Math.multiplyExact(Short.BYTES, length))
                .order(ByteOrder.nativeOrder());
        this.halves = bytes.asShortBuffer();
    }

    @Override
    public int length() {
        return halves.capacity();
    }

    @Override
    public int bytesPerValue() {
        return Short.BYTES;
    }

    @Override
    public ByteBuffer bytes() {
        return bytes;
    }

    /** At most {@link TreeMean#CHUNK} at a time. */
    @Override
    public void get(int at, float[] into, int length) {
        short[] row = ROW.get();
        halves.get(at, row, 0, length);
        for (int i = 0; i < length; i++) {
            into[i] = Half.value(row[i]);
        }
    }

    /** Rounds; at most {@link TreeMean#CHUNK} at a time. */
    @Override
    public void set(int at, float[] from, int length) {
        short[] row = ROW.get();
        for (int i = 0; i < length; i++) {
            row[i] = Half.of(from[i]);
        }
        halves.put(at, row, 0, length);
    }

    /**
     * Rounds, and leaves in the array what rounding took.
     *
     * @param length at most {@link TreeMean#CHUNK}
     */
    void round(int at, float[] values, int length) {
        short[] row = ROW.get();
        for (int i = 0; i < length; i++) {
            row[i] = Half.of(values[i]);
            values[i] -= Half.value(row[i]);
        }
        halves.put(at, row, 0, length);
    }

    @Override
    public Values allocate(int length) {
        return new Halves(length);
    }
}
