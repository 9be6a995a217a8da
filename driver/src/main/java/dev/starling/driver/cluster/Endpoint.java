package dev.starling.driver.cluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;

/** Where a server should listen. */
public record Endpoint(String host, int port) {
    private static final int PATIENCE_MILLIS = 5_000;

    /** Why nobody can be reached there, found out within seconds; empty where somebody listens. */
    public Optional<String> silence() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
    }
}
