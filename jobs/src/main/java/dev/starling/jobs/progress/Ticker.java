package dev.starling.jobs.progress;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** Draws some lines again and again while something is under way, so that times go on where nothing happens; does nothing where there is no terminal. */
final class Ticker implements AutoCloseable {
    private static final long MILLIS = 250;

    private final Screen screen;
    private final Function<Instant, List<String>> lines;
    private final Thread thread;

    /** @param lines to draw at a time; called on a thread of its own */
    Ticker(Screen screen, Function<Instant, List<String>> lines) {
        this.screen = screen;
        this.lines = lines;
        this.thread = new Thread(this::draw, "starling-screen");
        thread.setDaemon(true);
        if (screen.isTerminal()) {
            thread.start();
        }
    }

    private void draw() {
        try {
            while (true) {
                Thread.sleep(MILLIS);
                screen.draw(lines.apply(Instant.now()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // Closed.
        }
    }

    /** What was drawn is taken away, and nothing is drawn any more. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        screen.erase();
    }
}
