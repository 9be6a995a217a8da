package dev.starling.tests.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A system in one or more processes of its own, which measures when asked and waits otherwise: a line on its standard input is a request, a line of numbers on its standard
 * output the answer.
 */
final class Contender implements AutoCloseable {
    private final List<Process> processes = new ArrayList<>();
    private final List<BufferedReader> answers = new ArrayList<>();

    /**
     * @param commands one per process
     * @param environment added to this process's own; an empty value removes the variable
     * @param log takes the processes' standard error
     */
    static Contender start(List<List<String>> commands, Map<String, String> environment, Path log) {
        Contender contender = new Contender();
        try {
            for (List<String> command : commands) {
                contender.add(command, environment, log);
            }
            return contender;
        } catch (IOException e) {
            contender.close();
            throw new UncheckedIOException("Cannot start " + commands.get(0).get(0), e);
        }
    }

    private void add(List<String> command, Map<String, String> environment, Path log) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        environment.forEach((name, value) -> {
            if (value.isEmpty()) {
                builder.environment().remove(name);
            } else {
                builder.environment().put(name, value);
            }
        });
        Process process = builder.start();
        processes.add(process);
        answers.add(process.inputReader(StandardCharsets.UTF_8));
    }

    /** Asks all processes at once; the answer is, number by number, the largest. Empty if one of them has ended instead of answering. */
    Optional<double[]> ask(String request) {
        try {
            for (Process process : processes) {
                process.getOutputStream().write((request + "\n").getBytes(StandardCharsets.UTF_8));
                process.getOutputStream().flush();
            }
            double[] largest = {};
            for (BufferedReader reader : answers) {
                String line = reader.readLine();
                if (line == null) {
                    return Optional.empty();
                }
                double[] numbers = Arrays.stream(line.trim().split("\\s+", -1))
                        .mapToDouble(Double::parseDouble)
                        .toArray();
                largest = largest.length == 0 ? numbers : largest(largest, numbers);
            }
            return Optional.of(largest);
        } catch (IOException e) {
            // A process that does not run here has closed its input.
            return Optional.empty();
        }
    }

    private static double[] largest(double[] a, double[] b) {
        double[] result = a.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] = Math.max(a[i], b[i]);
        }
        return result;
    }

    /** Ends the processes: by the end of their input, or by force after a while. */
    @Override
    public void close() {
        for (Process process : processes) {
            try {
                process.getOutputStream().close();
                if (!process.waitFor(20, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (IOException e) {
                process.destroyForcibly();
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
