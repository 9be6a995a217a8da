package dev.starling.jobs.command;

import picocli.CommandLine.Parameters;

/** The first word of a command that is about a stored run. */
final class RunArgument {
    @Parameters(
            index = "0",
            paramLabel = "RUN",
            description = "Its directory or URI, or its name or the beginning of it in the store.")
    private String run;

    /** As it was written. */
    String text() {
        return run;
    }
}
