package dev.starling.jobs.command;

/** How the program ends, for scripts. */
final class ExitStatus {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_INPUT = 2;
    static final int INTERRUPTED = 130;

    private ExitStatus() {}
}
