package dev.starling.worker.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * A run of floats outside the heap: parameters, a gradient, optimiser state, a batch. Its memory is an {@link Arena}'s, freed at its close; or borrowed (a view of DL4J's own
 * memory, valid while its owner lives: keep the owner reachable); or its own, freed by the collector. Views share memory. Not thread-safe; who may write when
 * is the business of the class that hands it out.
 */
public final class FlatVector {
    private static final int ALIGNMENT = 64;

    private final FloatPointer pointer;
    private final ByteBuffer bytes;
    private final FloatBuffer floats;
    private final Arena arena;
    private final Object owner;

    private FlatVector(FloatPointer pointer, ByteBuffer bytes, Arena arena, Object owner) {
        this.pointer = pointer;
        this.bytes = bytes;
        this.floats = bytes.asFloatBuffer();
        this.arena = arena;
        this.owner = owner;
    }

    /** A zeroed vector of its own, aligned to 64 bytes, freed by the collector some time after it is no longer reachable; what is large or made often belongs in an {@link Arena}. */
    public static FlatVector allocate(int length) {
        return of(block(length), length, Arena.COLLECTED);
    }

    /** Zeroed memory with room to align that many floats in. */
    static ByteBuffer block(int length) {
        return ByteBuffer.allocateDirect(Math.addExact(Math.multiplyExact(4, length), 2 * ALIGNMENT));
    }

    /** The floats in a {@link #block}, which views keep reachable. */
    static FlatVector of(ByteBuffer block, int length, Arena arena) {
        return over(block.alignedSlice(ALIGNMENT).slice(0, 4 * length), arena, block);
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
        return over(start.asByteBuffer(), Arena.COLLECTED, owner);
    }

    private static FlatVector over(ByteBuffer direct, Arena arena, Object owner) {
        ByteBuffer bytes = direct.order(ByteOrder.nativeOrder());
        return new FlatVector(new FloatPointer(bytes.asFloatBuffer()), bytes, arena, owner);
    }

    /** Keeps the memory beyond its arena's close until {@link #release}: for one who works on another's vectors. */
    public void retain() {
        arena.retain();
    }

    /** Once for each {@link #retain}. */
    public void release() {
        arena.release();
    }

    public int length() {
        return floats.capacity();
    }

    /** The floats; position 0, limit the length. Use absolute reads and writes only: the buffer is shared. */
    public FloatBuffer floats() {
        arena.requireOpen();
        return floats;
    }

    /** The same memory as bytes in native order. */
    public ByteBuffer bytes() {
        arena.requireOpen();
        return bytes;
    }

    /** The same memory for native kernels. */
    public FloatPointer pointer() {
        arena.requireOpen();
        return pointer;
    }

    /** A view of {@code length} floats from {@code offset}. */
    public FlatVector slice(int offset, int length) {
        return over(bytes().slice(4 * offset, 4 * length), arena, owner);
    }

    public void get(int offset, float[] target, int from, int length) {
        floats().get(offset, target, from, length);
    }

    public void set(int offset, float[] source, int from, int length) {
        floats().put(offset, source, from, length);
    }

    /** A copy on the heap. */
    public float[] toArray() {
        float[] copy = new float[length()];
        floats().get(0, copy);
        return copy;
    }

    /** @param values as many as the length */
    public void set(float[] values) {
        if (values.length != length()) {
            throw new IllegalArgumentException(
                    "Cannot fill a vector of " + length() + " floats: " + values.length + " given (expected as many)");
        }
        floats().put(0, values);
    }

    /** Copies another vector of the same length. */
    public void set(FlatVector source) {
        if (source.length() != length()) {
            throw new IllegalArgumentException("Cannot fill a vector of " + length() + " floats: " + source.length()
                    + " given (expected as many)");
        }
        floats().put(0, source.floats(), 0, length());
    }

    public void zero() {
        Pointer.memset(pointer(), 0, 4L * length());
    }
}
