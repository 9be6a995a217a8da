package dev.starling.worker.exchange;

import dev.starling.worker.wire.PeerAddress;
import java.util.List;

/**
 * Where one replica lives.
 *
 * @param trouble why its JVM cannot be reached; empty if it can
 */
record Card(int rank, String executor, long process, String host, int port, String trouble) {
    private static final String BAR = "|";

    /** A JVM. */
    record Home(String executor, long process, String host, int port) {
        PeerAddress address(List<Integer> ranks) {
            return new PeerAddress(host, port, executor, process, ranks);
        }
    }

    Home home() {
        return new Home(executor, process, host, port);
    }

    String toText() {
        return String.join(BAR, "" + rank, executor, "" + process, host, "" + port, trouble.replace('|', '/'));
    }

    static Card fromText(String text) {
        String[] parts = text.split("\\|", -1);
        return new Card(
                Integer.parseInt(parts[0]),
                parts[1],
                Long.parseLong(parts[2]),
                parts[3],
                Integer.parseInt(parts[4]),
                parts[5]);
    }
}
