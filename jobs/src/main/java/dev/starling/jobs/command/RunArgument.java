package dev.starling.jobs.command;

import picocli.CommandLine.Parameters;

/** The first word of a command that is about a stored run. */
final class RunArgument {
    @Parameters(
            index = "0",
            paramLabel = "RUN",
            description =
                    "Its directory or URI, the name of its experiment (the newest finished one), or its own name or the beginning of it in the store.")
    private String run;

    /** As it was written. */
    String text() {
        return run;
    }
}
