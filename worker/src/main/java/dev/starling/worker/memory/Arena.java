package dev.starling.worker.memory;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Memory outside the heap for vectors that live and die together: whoever makes it closes it, and all of it is freed at once, not when a collection of a heap that hardly fills comes by.
 * Using a vector of a freed arena is an error, never a stray read (but a buffer that was taken from it before is only memory). One that somebody else still works on ({@link FlatVector#retain}) stays until the last has let go. An arena that nobody closes is freed by
 * the collector after all. One thread allocates; any thread may retain, release and close.
 */
public final class Arena implements AutoCloseable {
    /** For vectors that the garbage collector frees. */
    static final Arena COLLECTED = new Arena();

    private final List<ByteBuffer> blocks = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    /** The maker and all who retain; freed at 0. */
    private final AtomicInteger holders = new AtomicInteger(1);

    /** A zeroed vector, aligned to 64 bytes. */
    public FlatVector allocate(int length) {
        requireOpen();
        ByteBuffer block = FlatVector.block(length);
        blocks.add(block);
        return FlatVector.of(block, length, this);
    }

    /** What its vectors take now, alignment included; asked by the thread that allocates. */
    public long bytes() {
        return blocks.stream().mapToLong(ByteBuffer::capacity).sum();
    }

    /** @throws IllegalStateException if the memory was freed */
    public void requireOpen() {
        if (holders.get() == 0) {
            throw new IllegalStateException("Cannot use memory that was freed (expected use before its owner's close)");
        }
    }

    void retain() {
        if (this != COLLECTED && holders.getAndUpdate(n -> n == 0 ? 0 : n + 1) == 0) {
            requireOpen();
        }
    }

    void release() {
        if (this != COLLECTED && holders.decrementAndGet() == 0) {
            blocks.forEach(DirectMemory::free);
            blocks.clear();
        }
    }

    /** Frees everything, or leaves that to the last who retains it. More than once is once. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            release();
        }
    }
}
