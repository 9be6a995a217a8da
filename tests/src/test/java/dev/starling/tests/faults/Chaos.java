package dev.starling.tests.faults;

import dev.starling.tests.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Runs that are each disturbed once, in a random way at a random time. Each must end in the bits of a run that nothing disturbed, or in a clear failure. */
final class Chaos {
    /** What a run came to. */
    enum End {
        SAME_BITS("undisturbed bits"),
        CLEAR_FAILURE("clear failure"),
        HANG("HANG"),
        WRONG("WRONG");

        private final String words;

        End(String words) {
            this.words = words;
        }
    }

    /** What is done to a run. */
    enum Blow {
        KILL_EXECUTOR,
        FREEZE_EXECUTOR,
        CUT_CONNECTIONS,
        KILL_DRIVER
    }

    /**
     * @param at seconds after the first epoch
     * @param struck what was hit; a run that was over by then is not disturbed
     * @param attempts at training
     * @param word what it said last of a failure
     */
    record Row(
            int run,
            Blow blow,
            Layout layout,
            double at,
            String struck,
            int attempts,
            double seconds,
            End end,
            String word) {
        static final String HEAD =
                """
                | run | blow | layout | at, s after the first epoch | struck | attempts | whole run, s | end | said last |
                |---|---|---|---|---|---|---|---|---|""";

        String line() {
            return String.format(
                    Locale.ROOT,
                    "| %d | %s | %s | %.1f | %s | %d | %.1f | %s | %s |",
                    run,
                    blow,
                    layout,
                    at,
                    struck,
                    attempts,
                    seconds,
                    end.words,
                    word);
        }
    }

    private static final List<Layout> LAYOUTS = List.of(Layout.TWO_EXECUTORS, Layout.TWO_EXECUTORS_OF_TWO);

    private final Disturbed disturbed;
    private final Random random;

    Chaos(Disturbed disturbed, long seed) {
        this.disturbed = disturbed;
        this.random = new Random(seed);
    }

    List<Row> runs(int count) throws IOException {
        List<Row> rows = new ArrayList<>();
        System.out.println(Row.HEAD);
        for (int run = 1; run <= count; run++) {
            Row row = run(run);
            System.out.println(row.line());
            rows.add(row);
        }
        return rows;
    }

    private Row run(int number) throws IOException {
        Blow blow = Blow.values()[random.nextInt(Blow.values().length)];
        Layout layout = LAYOUTS.get(random.nextInt(LAYOUTS.size()));
        double at = random.nextDouble() * 1.2 * disturbed.trainingSeconds(layout.replicas());
        long start = System.nanoTime();
        String struck = "not yet";
        try (Victim victim = disturbed.start(layout, "--set", "cluster.peerTimeout=15s")) {
            try {
                victim.awaitEpoch();
                Victim.pause(Math.round(1000 * at));
                struck = strike(victim, blow);
                Result result = victim.end(Disturbed.PATIENCE);
                if (blow == Blow.KILL_DRIVER && result.status() == 128 + 9) {
                    result = resume(victim.run(), layout);
                }
                End end = end(result, victim.run());
                int attempts = Victim.attempts(victim.run()).size();
                return new Row(number, blow, layout, at, struck, attempts, since(start), end, lastWord(result));
            } catch (Victim.Hangs e) {
                return new Row(number, blow, layout, at, struck, 0, since(start), End.HANG, e.getMessage());
            }
        }
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private Result resume(Path run, Layout layout) throws IOException {
        try (Victim second = disturbed.resume(run, layout)) {
            return second.end(Disturbed.PATIENCE);
        }
    }

    private End end(Result result, Path run) throws IOException {
        if (result.status() == 0) {
            return disturbed.isSame(result, run) ? End.SAME_BITS : End.WRONG;
        }
        boolean clear = result.status() == 1
                && result.problems().size() == 1
                && result.problems().get(0).startsWith("Cannot ");
        return clear ? End.CLEAR_FAILURE : End.WRONG;
    }

    private static String lastWord(Result result) {
        List<String> told = result.err()
                .lines()
                .filter(line ->
                        line.contains("; retry ") || line.contains("going on from") || line.contains("starling: "))
                .toList();
        return told.isEmpty() ? "" : told.get(told.size() - 1);
    }

    private String strike(Victim victim, Blow blow) throws IOException {
        List<ProcessHandle> executors = victim.executors();
        if (!victim.isAlive() || executors.isEmpty()) {
            return "nothing: it was over";
        }
        ProcessHandle one = executors.get(random.nextInt(executors.size()));
        return switch (blow) {
            case KILL_DRIVER -> {
                Victim.signal(victim.pid(), "KILL");
                yield "driver";
            }
            case KILL_EXECUTOR -> {
                Victim.signal(one.pid(), "KILL");
                yield "1 of " + executors.size() + " executors";
            }
            case FREEZE_EXECUTOR -> {
                Victim.signal(one.pid(), "STOP");
                yield "1 of " + executors.size() + " executors";
            }
            case CUT_CONNECTIONS -> Connections.cutBetween(executors) + " connections";
        };
    }
}
