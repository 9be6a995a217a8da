package dev.starling.tests;

import java.util.List;

/** What became of a command. */
public record Result(int status, String out, String err) {
    /** Of standard output: where a job's run is. */
    public String lastLine() {
        List<String> lines = out.lines().toList();
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }

    /** The lines that tell errors, without the program's name. */
    public List<String> problems() {
        String name = "starling: ";
        return err.lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()))
                .toList();
    }
}
