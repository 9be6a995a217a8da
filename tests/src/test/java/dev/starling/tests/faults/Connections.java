package dev.starling.tests.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Connections between processes, which the kernel closes when root asks for it ({@code ss -K}). */
final class Connections {
    private static final Pattern SOCKET =
            Pattern.compile("ESTAB\\s+\\d+\\s+\\d+\\s+\\S*:(\\d+)\\s+\\S*:(\\d+)\\s+.*pid=(\\d+),.*");

    private Connections() {}

    /** Whether this user may, and has the program. */
    static boolean canBeCut() throws IOException {
        return command("id", "-u").equals(List.of("0"))
                && !command("sh", "-c", "command -v ss").isEmpty();
    }

    /** Closes those of which both ends belong to one of these processes; gives their number. */
    static int cutBetween(List<ProcessHandle> processes) throws IOException {
        Set<String> ports = new HashSet<>();
        List<String[]> sockets = new ArrayList<>();
        for (String line : command("ss", "-tnp")) {
            Matcher socket = SOCKET.matcher(line);
            boolean ours = socket.matches()
                    && processes.stream().anyMatch(p -> Long.toString(p.pid()).equals(socket.group(3)));
            if (ours) {
                ports.add(socket.group(1));
                sockets.add(new String[] {socket.group(1), socket.group(2)});
            }
        }
        int ends = 0;
        for (String[] socket : sockets) {
            if (ports.contains(socket[1])) {
                command("ss", "-K", "-tn", "sport", "=", ":" + socket[0], "dport", "=", ":" + socket[1]);
                ends++;
            }
        }
        return ends / 2;
    }

    private static List<String> command(String... words) throws IOException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();
    }
}
