package dev.starling.tests.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A contender's end of the line to the benchmark. */
final class Answers {
    private final PrintStream out = System.out;

    /** From here on, what else is printed goes to standard error. */
    Answers() {
        System.setOut(System.err);
    }

    /** What answers a request. */
    interface Measure {
        /** @param words of the request */
        double[] measure(List<String> words);
    }

    /** Answers until there are no more requests. */
    void serve(Measure measure) {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                double[] numbers = measure.measure(List.of(line.trim().split(" ", -1)));
                out.println(Arrays.stream(numbers).mapToObj(Double::toString).collect(Collectors.joining(" ")));
                out.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read requests", e);
        }
    }
}
