package dev.starling.jobs.progress;

import java.io.PrintStream;

/**
 * Standard error: lines that stay, and on a terminal one line below them that is drawn over. Thread-safe.
 */
public final class Screen {
    /** Back to the first column, and what stands to the right of it goes. */
    private static final String ERASE = "\r\u001b[K";

    private static final long NANOS_BETWEEN_DRAWINGS = 100_000_000;

    private final PrintStream out;
    private final boolean terminal;
    private boolean drawn;
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

    /** The line that is drawn over, at most ten times a second; nothing where there is no terminal. */
    synchronized void draw(String line) {
        long now = System.nanoTime();
        if (muted || !terminal || now - lastDrawing < NANOS_BETWEEN_DRAWINGS) {
            return;
        }
        lastDrawing = now;
        out.print(ERASE + line);
        out.flush();
        drawn = true;
    }

    /** Nothing more is shown: the end from outside is told elsewhere, and once. */
    public synchronized void mute() {
        erase();
        muted = true;
    }

    /** Takes away what was drawn. */
    public synchronized void erase() {
        if (drawn) {
            out.print(ERASE);
            out.flush();
            drawn = false;
        }
    }
}
