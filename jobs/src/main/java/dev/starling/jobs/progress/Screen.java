package dev.starling.jobs.progress;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/**
 * Standard error: lines that stay, and on a terminal some lines below them that are drawn over, cut to what it shows. While they are drawn it does not wrap lines, so that in one that was made narrower, too, each takes one row and
 * can be taken away. Thread-safe.
 */
public final class Screen {
    /** Back to the first column, and what stands to the right of it goes. */
    private static final String ERASE = "\r\u001b[K";

    /** The line above, erased. */
    private static final String ERASE_ABOVE = "\u001b[1A\u001b[K";

    private static final String NO_WRAP = "\u001b[?7l";
    private static final String WRAP = "\u001b[?7h";
    private static final long NANOS_BETWEEN_DRAWINGS = 100_000_000;

    private final PrintStream out;
    private final Optional<Terminal> terminal;
    /** Lines that are drawn now. */
    private int drawn;

    private boolean muted;
    private long lastDrawing = System.nanoTime() - NANOS_BETWEEN_DRAWINGS;

    /** @param terminal empty where there is none: nothing is drawn then */
    public Screen(PrintStream out, Optional<Terminal> terminal) {
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
        return terminal.isPresent();
    }

    /** As {@link #draw(List)}. */
    synchronized void draw(String line) {
        draw(List.of(line));
    }

    /** The lines that are drawn over, at most ten times a second; nothing where there is no terminal. What does not fit is cut, the last lines first. */
    synchronized void draw(List<String> lines) {
        long now = System.nanoTime();
        if (muted || terminal.isEmpty() || now - lastDrawing < NANOS_BETWEEN_DRAWINGS) {
            return;
        }
        lastDrawing = now;
        List<String> shown = fitting(lines, terminal.get());
        out.print(erasing() + NO_WRAP + String.join("\n", shown) + WRAP);
        out.flush();
        drawn = shown.size();
    }

    /** The last column stays empty: a terminal that shows something there may be about to wrap. */
    private static List<String> fitting(List<String> lines, Terminal terminal) {
        int most = Math.max(1, terminal.columns() - 1);
        return lines.stream()
                .limit(Math.max(1, terminal.rows() - 1))
                .map(line -> line.length() <= most ? line : line.substring(0, most))
                .toList();
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
