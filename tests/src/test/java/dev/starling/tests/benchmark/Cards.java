package dev.starling.tests.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How processes that average with each other get to know each other: each leaves its card in a folder. */
final class Cards {
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final long LOOK_MILLIS = 20;

    private Cards() {}

    /**
     * Leaves a card and waits for those of all others.
     *
     * @param gang unique in the folder
     * @return by rank
     */
    static List<String> exchange(Path folder, String gang, int rank, int ranks, String mine) throws IOException {
        Path aside = folder.resolve(gang + "-" + rank + ".tmp");
        Files.writeString(aside, mine);
        Files.move(aside, folder.resolve(gang + "-" + rank), StandardCopyOption.ATOMIC_MOVE);
        List<String> all = new ArrayList<>();
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (int other = 0; other < ranks; other++) {
            all.add(await(folder.resolve(gang + "-" + other), end));
        }
        return all;
    }

    private static String await(Path card, long end) throws IOException {
        while (!Files.exists(card)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Cannot measure: the other process does not come");
            }
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                throw new IllegalStateException("Cannot measure: interrupted", e);
            }
        }
        return Files.readString(card);
    }
}
