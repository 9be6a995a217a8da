package dev.starling.worker.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * A run of floats outside the heap: parameters, a gradient, optimiser state, a batch. Either borrowed (a view of DL4J's own
 * memory, valid while its owner lives: keep the owner reachable) or owned. Views share memory. Not thread-safe; who may write when
 * is the business of the class that hands it out.
 */
public final class FlatVector {
    private final FloatPointer pointer;
    private final ByteBuffer bytes;
    private final FloatBuffer floats;
    private final Object owner;

    private FlatVector(FloatPointer pointer, ByteBuffer bytes, Object owner) {
        this.pointer = pointer;
        this.bytes = bytes;
        this.floats = bytes.asFloatBuffer();
        this.owner = owner;
    }

    /** A zeroed vector of its own, aligned to 64 bytes, freed when it is no longer reachable. */
    public static FlatVector allocate(int length) {
        ByteBuffer raw = ByteBuffer.allocateDirect(Math.addExact(Math.multiplyExact(4, length), 2 * 64));
        ByteBuffer aligned = raw.alignedSlice(64);
        return over(aligned.slice(0, 4 * length), raw);
    }

    /**
     * The first {@code length} floats behind a pointer.
     *
     * @param owner kept reachable as long as this vector is
     */
    public static FlatVector borrow(FloatPointer pointer, long length, Object owner) {
        // A pointer cast to another type keeps its position as it is, which then counts other units: cast at 0.
        BytePointer start = new BytePointer(new FloatPointer(pointer).position(0));
        long position = 4 * pointer.position();
        start.capacity(position + 4 * length).position(position);
        return over(start.asByteBuffer(), owner);
    }

    private static FlatVector over(ByteBuffer direct, Object owner) {
        ByteBuffer bytes = direct.order(ByteOrder.nativeOrder());
        return new FlatVector(new FloatPointer(bytes.asFloatBuffer()), bytes, owner);
    }

    public int length() {
        return floats.capacity();
    }

    /** The floats; position 0, limit the length. Use absolute reads and writes only: the buffer is shared. */
    public FloatBuffer floats() {
        return floats;
    }

    /** The same memory as bytes in native order. */
    public ByteBuffer bytes() {
        return bytes;
    }

    /** The same memory for native kernels. */
    public FloatPointer pointer() {
        return pointer;
    }

    /** A view of {@code length} floats from {@code offset}. */
    public FlatVector slice(int offset, int length) {
        return over(bytes.slice(4 * offset, 4 * length), owner);
    }

    public void get(int offset, float[] target, int from, int length) {
        floats.get(offset, target, from, length);
    }

    public void set(int offset, float[] source, int from, int length) {
        floats.put(offset, source, from, length);
    }

    /** A copy on the heap. */
    public float[] toArray() {
        float[] copy = new float[length()];
        floats.get(0, copy);
        return copy;
    }

    /** @param values as many as the length */
    public void set(float[] values) {
        if (values.length != length()) {
            throw new IllegalArgumentException(
                    "Cannot fill a vector of " + length() + " floats: " + values.length + " given (expected as many)");
        }
        floats.put(0, values);
    }

    /** Copies another vector of the same length. */
    public void set(FlatVector source) {
        if (source.length() != length()) {
            throw new IllegalArgumentException("Cannot fill a vector of " + length() + " floats: " + source.length()
                    + " given (expected as many)");
        }
        floats.put(0, source.floats, 0, length());
    }

    public void zero() {
        org.bytedeco.javacpp.Pointer.memset(pointer, 0, 4L * length());
    }
}
