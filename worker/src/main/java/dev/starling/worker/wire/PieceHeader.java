package dev.starling.worker.wire;

import java.nio.ByteBuffer;

/**
 * What a piece is.
 *
 * @param kind the listener's
 * @param generation number of the exchange that it belongs to
 * @param piece its number
 * @param part whose part of it
 */
public record PieceHeader(byte kind, int generation, int piece, int part) {
    static final int BYTES = 13;

    ByteBuffer toBytes() {
        return ByteBuffer.allocate(BYTES)
                .put(kind)
                .putInt(generation)
                .putInt(piece)
                .putInt(part)
                .flip();
    }

    static PieceHeader fromBytes(ByteBuffer bytes) {
        return new PieceHeader(bytes.get(), bytes.getInt(), bytes.getInt(), bytes.getInt());
    }
}
