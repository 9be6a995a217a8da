package dev.starling.driver.files;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A file of lines that grows, and survives the end of its writer at any moment: a line is in it once {@link #append} has returned. Where the file system can append, it is one file. Where it
 * cannot (object stores), new lines go to segments beside it, {@code journal-000001.jsonl} and so on, each written again with every line until it is full.
 *
 * <p>For one writer at a time; thread-safe in its JVM.
 */
public final class Journal implements AutoCloseable {
    public static final String NAME = "journal.jsonl";
    private static final String ASIDE = "." + NAME + ".tmp";
    private static final int LINES_PER_SEGMENT = 200;

    private final StoreFiles files;
    private final List<String> past;
    private final StringBuilder segment = new StringBuilder();
    private Optional<Appending> appending = Optional.empty();
    private int segments;
    private int inSegment;

    private Journal(StoreFiles files, List<String> past) {
        this.files = files;
        this.past = past;
    }

    /** Reads what is there and begins to append. What the last writer did not finish of a line is dropped. */
    public static Journal open(StoreFiles files) {
        Journal journal = new Journal(files, read(files));
        if (Appending.isPossible(files)) {
            // Written anew: without half a line at its end.
            StringBuilder text = new StringBuilder();
            journal.past.forEach(line -> text.append(line).append('\n'));
            journal.appending = Optional.of(Appending.to(files, NAME, ASIDE, bytes(text.toString())));
            segments(files).forEach(files::delete);
        } else {
            journal.segments = segments(files).size();
        }
        return journal;
    }

    /** All whole lines. */
    public static List<String> read(StoreFiles files) {
        List<String> lines = new ArrayList<>();
        if (files.has(NAME)) {
            addLines(files, NAME, lines);
        } else if (files.has(ASIDE)) {
            // Whoever wrote it anew ended between taking the old one away and giving this its name.
            addLines(files, ASIDE, lines);
        }
        segments(files).forEach(name -> addLines(files, name, lines));
        return List.copyOf(lines);
    }

    private static void addLines(StoreFiles files, String name, List<String> lines) {
        String text = new String(files.read(name), StandardCharsets.UTF_8);
        text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(lines::add);
    }

    private static List<String> segments(StoreFiles files) {
        return files.lengths().keySet().stream()
                .filter(name -> name.matches("journal-[0-9]+\\.jsonl"))
                .toList();
    }

    /** What was there when it was opened. */
    public List<String> past() {
        return past;
    }

    /** @param line without a line end; when this returns, the end of this JVM cannot take it away */
    public synchronized void append(String line) {
        if (appending.isPresent()) {
            appending.get().write(bytes(line + "\n"));
        } else {
            appendToSegment(line);
        }
    }

    private void appendToSegment(String line) {
        if (inSegment == 0) {
            segments++;
            segment.setLength(0);
        }
        segment.append(line).append('\n');
        files.write(String.format(Locale.ROOT, "journal-%06d.jsonl", segments), bytes(segment.toString()));
        inSegment = (inSegment + 1) % LINES_PER_SEGMENT;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void close() {
        appending.ifPresent(Appending::close);
    }
}
