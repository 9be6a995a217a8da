package dev.starling.worker.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The first message on a connection.
 *
 * @param run which it belongs to
 * @param peer who connects
 */
record Greeting(String run, int peer) {
    ByteBuffer toBytes() {
        byte[] text = run.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + text.length)
                .putInt(peer)
                .put(text)
                .flip();
    }

    static Greeting fromBytes(ByteBuffer bytes) {
        int peer = bytes.getInt();
        return new Greeting(StandardCharsets.UTF_8.decode(bytes).toString(), peer);
    }
}
