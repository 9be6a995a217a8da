package dev.starling.jobs.command;

import dev.starling.worker.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** A word of the contract that this version does not do. */
@Command(hidden = true, description = "Not yet.")
final class NotYetCommand implements Callable<Integer> {
    private final String name;

    @Unmatched
    private final List<String> ignored = new ArrayList<>();

    NotYetCommand(String name) {
        this.name = name;
    }

    @Override
    public Integer call() {
        throw new InvalidInput("Cannot " + name + (ignored.isEmpty() ? "" : " " + String.join(" ", ignored))
                + ": not yet (expected train, sweep, resume, evaluate, predict, summary, runs or report)");
    }
}
