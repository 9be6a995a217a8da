package dev.starling.jobs.progress;

import java.util.Optional;

/**
 * A person's terminal, as large as it is when the program begins. It may become smaller: see {@link Screen}.
 *
 * @param rows ≥ 1
 * @param columns ≥ 1
 */
public record Terminal(int rows, int columns) {
    /** As large as terminals are that do not say it. */
    public static final Terminal USUAL = new Terminal(24, 80);

    /**
     * What the launcher says, as Java cannot tell: {@code 24 80}, what {@code stty size} prints. A terminal that knows no size says 0 0.
     *
     * @param text empty where there is none
     */
    public static Optional<Terminal> parse(String text) {
        String[] words = text.strip().split(" +", -1);
        if (words.length != 2 || !words[0].matches("[0-9]{1,5}") || !words[1].matches("[0-9]{1,5}")) {
            return text.isBlank() ? Optional.empty() : Optional.of(USUAL);
        }
        int rows = Integer.parseInt(words[0]);
        int columns = Integer.parseInt(words[1]);
        return Optional.of(rows == 0 || columns == 0 ? USUAL : new Terminal(rows, columns));
    }
}
