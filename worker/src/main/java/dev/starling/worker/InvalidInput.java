package dev.starling.worker;

import java.util.List;

/**
 * What a user gave cannot be used: an experiment file, data, arguments. Carries every problem that was found, each one line that
 * says where (file, line or key), what was found and what was expected. The command line prints the lines and exits with 2.
 */
public final class InvalidInput extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final List<String> problems;

    /** @param problems at least one line */
    public InvalidInput(List<String> problems) {
        super(String.join("\n", problems));
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("Cannot report invalid input: no problem given (expected at least one)");
        }
        this.problems = List.copyOf(problems);
    }

    public InvalidInput(String problem) {
        this(List.of(problem));
    }

    public List<String> problems() {
        return problems;
    }
}
