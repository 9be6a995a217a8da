package dev.starling;

import dev.starling.jobs.command.Program;
import dev.starling.jobs.command.Surroundings;

/** The program: {@code starling <command> …}. */
public final class Starling {
    private Starling() {}

    /** Ends the JVM: in local mode a barrier's timer thread would keep it alive. */
    public static void main(String[] args) {
        System.exit(Program.run(args, Surroundings.ofProcess()));
    }
}
