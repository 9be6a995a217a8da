package dev.starling.jobs.progress;

import java.io.PrintStream;
import java.util.List;

/**
 * Standard error: lines that stay, and on a terminal some lines below them that are drawn over. Thread-safe.
 */
public final class Screen {
    /** Back to the first column, and what stands to the right of it goes. */
    private static final String ERASE = "\r\u001b[K";

    /** The line above, erased. */
    private static final String ERASE_ABOVE = "\u001b[1A\u001b[K";

    private static final long NANOS_BETWEEN_DRAWINGS = 100_000_000;

    private final PrintStream out;
    private final boolean terminal;
    /** Lines that are drawn now. */
    private int drawn;

    private boolean muted;
    private long lastDrawing = System.nanoTime() - NANOS_BETWEEN_DRAWINGS;

    public Screen(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** A line that stays. */
    public synchronized void line(String line) {
        if (muted) {
            return;
        }
        erase();
        out.println(line);
        out.flush();
    }

    boolean isTerminal() {
        return terminal;
    }

    /** As {@link #draw(List)}. */
    synchronized void draw(String line) {
        draw(List.of(line));
    }

    /** The lines that are drawn over, at most ten times a second; nothing where there is no terminal. None is longer than the terminal is wide, as a line that wraps cannot be taken away. */
    synchronized void draw(List<String> lines) {
        long now = System.nanoTime();
        if (muted || !terminal || now - lastDrawing < NANOS_BETWEEN_DRAWINGS) {
            return;
        }
        lastDrawing = now;
        out.print(erasing() + String.join("\n", lines));
        out.flush();
        drawn = lines.size();
    }

    private String erasing() {
        return ERASE + ERASE_ABOVE.repeat(Math.max(0, drawn - 1));
    }

    /** Nothing more is shown: the end from outside is told elsewhere, and once. */
    public synchronized void mute() {
        erase();
        muted = true;
    }

    /** Takes away what was drawn. */
    public synchronized void erase() {
        if (drawn > 0) {
            out.print(erasing());
            out.flush();
            drawn = 0;
        }
    }
}
