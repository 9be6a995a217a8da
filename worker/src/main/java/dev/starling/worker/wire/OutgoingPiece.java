package dev.starling.worker.wire;

import io.netty.buffer.Unpooled;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.network.buffer.ManagedBuffer;

/** Memory on its way out, not copied; tells when the transport is done with it. */
final class OutgoingPiece extends ManagedBuffer {
    private final ByteBuffer bytes;
    private final Runnable done;
    private final AtomicBoolean released = new AtomicBoolean();

    /** @param bytes from position to limit */
    OutgoingPiece(ByteBuffer bytes, Runnable done) {
        this.bytes = bytes;
        this.done = done;
    }

    @Override
    public long size() {
        return bytes.remaining();
    }

    @Override
    public ByteBuffer nioByteBuffer() {
        return bytes.duplicate();
    }

    @Override
    public InputStream createInputStream() {
        throw new UnsupportedOperationException("Cannot read a piece as a stream (expected the transport to write it)");
    }

    @Override
    public ManagedBuffer retain() {
        return this;
    }

    /** The transport holds one reference, and lets it go once the last byte is in the socket or never will be. */
    @Override
    public ManagedBuffer release() {
        if (released.compareAndSet(false, true)) {
            done.run();
        }
        return this;
    }

    @Override
    public Object convertToNetty() {
        return Unpooled.wrappedBuffer(bytes);
    }
}
