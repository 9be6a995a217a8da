package dev.starling.tests.search;

import dev.starling.driver.selection.search.space.Choice;
import dev.starling.driver.selection.search.space.Dimension;
import dev.starling.driver.selection.search.space.Parameter;
import dev.starling.driver.selection.search.space.Point;
import dev.starling.driver.selection.search.space.Setting;
import dev.starling.driver.selection.search.space.Space;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Validation losses of real networks on the handwritten digits, every point of a grid trained once (digits-table.yaml says how): a function that can be searched many times. A column's values are
 * searched by their numbers, in order; the activation is a choice.
 */
final class DigitsTable {
    private static final String ACTIVATION = "activation";
    private static final List<String> MEASURED = List.of("loss", "seconds");

    private final List<String> columns;
    private final List<List<String>> values = new ArrayList<>();
    private final Map<List<String>, Training> trainings = new HashMap<>();

    /** @param seconds on its slot, on two cores that others used too */
    private record Training(double loss, double seconds) {}

    private DigitsTable(List<String> columns) {
        this.columns = columns;
        columns.forEach(column -> values.add(new ArrayList<>()));
    }

    static Functions asFunction() {
        DigitsTable table = read();
        return new Functions("Digits, " + table.size() + " networks", table.space(), point -> table.at(point)
                .loss());
    }

    static DigitsTable read() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(DigitsTable.class.getResourceAsStream("/digits-table.csv")),
                StandardCharsets.UTF_8))) {
            List<String> header = fields(in.readLine());
            int parameters = header.size() - MEASURED.size();
            if (!header.subList(parameters, header.size()).equals(MEASURED)) {
                throw new IllegalStateException("Cannot use digits-table.csv: columns " + header);
            }
            DigitsTable table = new DigitsTable(header.subList(0, parameters));
            in.lines().forEach(line -> table.add(fields(line)));
            return table;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> fields(String line) {
        return Arrays.asList(line.split(",", -1));
    }

    private void add(List<String> row) {
        for (int i = 0; i < columns.size(); i++) {
            if (!values.get(i).contains(row.get(i))) {
                values.get(i).add(row.get(i));
            }
        }
        int at = columns.size();
        trainings.put(
                List.copyOf(row.subList(0, at)),
                new Training(Double.parseDouble(row.get(at)), Double.parseDouble(row.get(at + 1))));
    }

    int size() {
        return trainings.size();
    }

    /** How many points its columns make. */
    int points() {
        return values.stream().mapToInt(List::size).reduce(1, (a, b) -> a * b);
    }

    double least() {
        return trainings.values().stream().mapToDouble(Training::loss).min().orElseThrow();
    }

    Space space() {
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            parameters.add(new Parameter(columns.get(i), dimension(columns.get(i), values.get(i))));
        }
        return new Space(parameters);
    }

    private static Dimension dimension(String column, List<String> values) {
        return column.equals(ACTIVATION)
                ? new Choice(values.stream()
                        .map(value -> new Choice.Option(value, value, List.of()))
                        .toList())
                : new Dimension.Whole(0, values.size() - 1, 1, false);
    }

    /** Losses and times as recorded; times scaled so that the median epoch takes a second. */
    Simulation.Trainings asTrainings() {
        double[] seconds = trainings.values().stream()
                .mapToDouble(Training::seconds)
                .sorted()
                .toArray();
        double median = seconds[seconds.length / 2];
        return new Simulation.Trainings() {
            @Override
            public double secondsPerEpoch(int trial, Point point) {
                return at(point).seconds() / median;
            }

            @Override
            public double floor(Point point) {
                return at(point).loss();
            }
        };
    }

    private Training at(Point point) {
        List<String> row = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Setting setting = point.settings().get(columns.get(i));
            row.add(setting instanceof Setting.Whole whole ? values.get(i).get((int) whole.value()) : setting.label());
        }
        return trainings.get(row);
    }
}
