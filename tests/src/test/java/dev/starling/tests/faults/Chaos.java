package dev.starling.tests.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.starling.tests.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
     * @param at seconds after the first epochs; a run that is over by then is not disturbed
     * @param word what it said last
     */
    record Row(int run, Blow blow, double at, double seconds, End end, String word) {
        String line() {
            return String.format(
                    Locale.ROOT, "%3d  %-15s  %5.1f s  %6.1f s  %-16s  %s", run, blow, at, seconds, end.words, word);
        }
    }

    private static final String TWO_EXECUTORS = "local-cluster[2,1,1024]";
    private static final Pattern SOCKET =
            Pattern.compile("ESTAB\\s+\\d+\\s+\\d+\\s+\\S*:(\\d+)\\s+\\S*:(\\d+)\\s+.*pid=(\\d+),.*");

    private final Disturbed disturbed;
    private final Random random;

    Chaos(Disturbed disturbed, long seed) {
        this.disturbed = disturbed;
        this.random = new Random(seed);
    }

    List<Row> runs(int count) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (int run = 1; run <= count; run++) {
            Row row = run(run);
            System.out.println(row.line());
            rows.add(row);
        }
        return rows;
    }

    private Row run(int number) throws IOException {
        Blow blow = Blow.values()[random.nextInt(Blow.values().length)];
        double at = random.nextDouble() * 1.2 * disturbed.trainingSeconds();
        long start = System.nanoTime();
        try (Victim victim =
                disturbed.start("chaos" + number, "--set", "cluster.peerTimeout=15s", "--master", TWO_EXECUTORS)) {
            victim.awaitEpoch();
            Victim.pause(Math.round(1000 * at));
            strike(victim, blow);
            Result result = victim.end(Disturbed.PATIENCE);
            if (blow == Blow.KILL_DRIVER && result.status() == 128 + 9) {
                result = resume(victim.run());
            }
            return row(number, blow, at, start, end(result, victim.run()), lastWord(result));
        } catch (Victim.Hangs e) {
            return row(number, blow, at, start, End.HANG, e.getMessage());
        }
    }

    private static Row row(int number, Blow blow, double at, long start, End end, String word) {
        return new Row(number, blow, at, (System.nanoTime() - start) / 1e9, end, word);
    }

    private Result resume(Path run) throws IOException {
        try (Victim second = disturbed.resume(run, "--master", TWO_EXECUTORS)) {
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

    /** A run that is over by now has nothing to be struck. */
    private void strike(Victim victim, Blow blow) throws IOException {
        if (!victim.isAlive()) {
            return;
        }
        if (blow == Blow.KILL_DRIVER) {
            Victim.signal(victim.pid(), "KILL");
            return;
        }
        List<ProcessHandle> executors = victim.executors();
        if (executors.isEmpty()) {
            return;
        }
        ProcessHandle one = executors.get(random.nextInt(executors.size()));
        switch (blow) {
            case KILL_EXECUTOR -> Victim.signal(one.pid(), "KILL");
            case FREEZE_EXECUTOR -> Victim.signal(one.pid(), "STOP");
            default -> cut(executors);
        }
    }

    /** Closes the connections between executors (by the kernel, as root). */
    private static void cut(List<ProcessHandle> executors) throws IOException {
        Set<String> ports = new HashSet<>();
        List<String[]> sockets = new ArrayList<>();
        for (String line : command("ss", "-tnp")) {
            Matcher socket = SOCKET.matcher(line);
            boolean ours = socket.matches()
                    && executors.stream().anyMatch(e -> Long.toString(e.pid()).equals(socket.group(3)));
            if (ours) {
                ports.add(socket.group(1));
                sockets.add(new String[] {socket.group(1), socket.group(2)});
            }
        }
        for (String[] socket : sockets) {
            if (ports.contains(socket[1])) {
                command("ss", "-K", "-tn", "sport", "=", ":" + socket[0], "dport", "=", ":" + socket[1]);
            }
        }
    }

    private static List<String> command(String... words) throws IOException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();
    }
}
