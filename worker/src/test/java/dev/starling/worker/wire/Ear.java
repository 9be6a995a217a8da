package dev.starling.worker.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what it hears. */
final class Ear implements WireListener {
    final BlockingQueue<String> failures = new LinkedBlockingQueue<>();
    final BlockingQueue<String> messages = new LinkedBlockingQueue<>();

    @Override
    public Arrival piece(int peer, PieceHeader header) {
        throw new IllegalStateException("no piece is expected");
    }

    @Override
    public void message(int peer, ByteBuffer message) {
        messages.add(peer + ": " + StandardCharsets.UTF_8.decode(message));
    }

    @Override
    public void left(int peer) {
        messages.add(peer + " left");
    }

    @Override
    public void watch() {}

    @Override
    public void failed(String message) {
        failures.add(message);
    }

    String failure() throws InterruptedException {
        return failures.poll(10, TimeUnit.SECONDS);
    }
}
