package dev.starling.driver.data;

import dev.starling.driver.data.Schema.Column;
import dev.starling.driver.data.Schema.TargetKind;
import dev.starling.worker.Nearest;
import dev.starling.worker.Problems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the columns that an experiment names in the columns that a file has. */
final class ColumnResolver {
    private final SourceSpec.Csv spec;
    private final String file;
    private final List<String> names;
    private final Problems problems;

    /**
     * For one source.
     *
     * @param names of the file's columns, in order; numbers from 0 where there is no header
     */
    ColumnResolver(SourceSpec.Csv spec, String file, List<String> names, Problems problems) {
        this.spec = spec;
        this.file = file;
        this.names = names;
        this.problems = problems;
    }

    /** The columns; empty, and problems added, where they cannot be found. */
    Optional<Columns> resolve(TargetKind kind) {
        int before = problems.found().size();
        checkHeader();
        List<Integer> targets = find(spec.target(), "target");
        List<Integer> aside = find(spec.aside(), "crossValidation");
        List<Integer> features = features(new HashSet<>(targets), new HashSet<>(aside));
        List<Integer> categorical = find(spec.categorical(), "categorical");
        for (int column : categorical) {
            if (!features.contains(column)) {
                problems.add("Cannot read " + file + ": categorical column " + quoted(column)
                        + " is not a feature (expected features only)");
            }
        }
        checkTargets(kind, targets);
        if (features.isEmpty()) {
            problems.add("Cannot read " + file + ": no column is left as a feature (expected at least one)");
        }
        if (problems.found().size() > before) {
            return Optional.empty();
        }
        return Optional.of(place(kind, targets, features, new HashSet<>(categorical), aside));
    }

    private void checkHeader() {
        Set<String> seen = new HashSet<>();
        Set<String> twice = new LinkedHashSet<>();
        names.stream().filter(name -> !seen.add(name)).forEach(twice::add);
        if (!twice.isEmpty()) {
            problems.add("Cannot read " + file + ": its header names " + String.join(", ", twice)
                    + " more than once (expected every column once)");
        }
    }

    private void checkTargets(TargetKind kind, List<Integer> targets) {
        if (kind == TargetKind.INPUT) {
            return;
        }
        if (spec.target().isEmpty()) {
            problems.add("Cannot read " + file + ": no target is named (expected the target's column; columns are "
                    + String.join(", ", names) + ")");
        }
        if (kind == TargetKind.CLASSES && targets.size() > 1) {
            problems.add("Cannot read " + file + ": " + targets.size() + " target columns for classes (expected one)");
        }
        if (new HashSet<>(targets).size() < targets.size()) {
            problems.add("Cannot read " + file + ": target names a column twice (expected each once)");
        }
    }

    private List<Integer> features(Set<Integer> targets, Set<Integer> aside) {
        List<Integer> found = new ArrayList<>();
        aside.stream()
                .filter(targets::contains)
                .forEach(column -> problems.add("Cannot read " + file + ": column " + quoted(column)
                        + " is target and crossValidation's (expected one of the two)"));
        if (spec.features() instanceof SourceSpec.Features.Only only) {
            for (int column : find(only.columns(), "features")) {
                if (targets.contains(column)) {
                    problems.add("Cannot read " + file + ": column " + quoted(column)
                            + " is target and feature (expected one of the two)");
                } else if (aside.contains(column)) {
                    problems.add("Cannot read " + file + ": column " + quoted(column)
                            + " is a feature and crossValidation's (expected one of the two)");
                } else if (found.contains(column)) {
                    problems.add("Cannot read " + file + ": features names column " + quoted(column)
                            + " twice (expected each once)");
                } else {
                    found.add(column);
                }
            }
            return found;
        }
        Set<Integer> left = new HashSet<>(targets);
        left.addAll(aside);
        if (spec.features() instanceof SourceSpec.Features.Drop drop) {
            left.addAll(find(drop.columns(), "drop"));
        }
        for (int column = 0; column < names.size(); column++) {
            if (!left.contains(column)) {
                found.add(column);
            }
        }
        return found;
    }

    private List<Integer> find(List<String> wanted, String key) {
        List<Integer> found = new ArrayList<>();
        for (String name : wanted) {
            int column = spec.header() ? names.indexOf(name) : numbered(name);
            if (column >= 0) {
                found.add(column);
            } else {
                problems.add(unknown(name, key));
            }
        }
        return found;
    }

    /** Columns without a header: from 0, or from −1 backwards; −1 if there is no such column. */
    private int numbered(String name) {
        try {
            int number = Integer.parseInt(name);
            int column = number < 0 ? names.size() + number : number;
            return column < names.size() ? Math.max(column, -1) : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private String unknown(String name, String key) {
        if (!spec.header()) {
            return "Cannot read " + file + ": " + key + " names column '" + name
                    + "', and the file has no header (expected a number from 0 to " + (names.size() - 1)
                    + ", or from -1, the last, to -" + names.size() + ")";
        }
        return "Cannot read " + file + ": " + key + " names column '" + name
                + "', which it does not have (did you mean '" + Nearest.of(name, names) + "'? columns are "
                + String.join(", ", names) + ")";
    }

    private String quoted(int column) {
        return "'" + names.get(column) + "'";
    }

    private Columns place(
            TargetKind kind,
            List<Integer> targets,
            List<Integer> features,
            Set<Integer> categorical,
            List<Integer> aside) {
        int[] numberAt = new int[names.size()];
        int[] textAt = new int[names.size()];
        Arrays.fill(numberAt, -1);
        Arrays.fill(textAt, -1);
        List<Column> columns = new ArrayList<>();
        int numbers = 0;
        int texts = 0;
        for (int column : features) {
            boolean isText = categorical.contains(column);
            columns.add(new Column(names.get(column), isText));
            if (isText) {
                textAt[column] = texts++;
            } else {
                numberAt[column] = numbers++;
            }
        }
        List<Integer> used = kind == TargetKind.INPUT ? List.of() : targets;
        for (int column : used) {
            if (kind == TargetKind.CLASSES) {
                textAt[column] = texts++;
            } else {
                numberAt[column] = numbers++;
            }
        }
        for (int column : aside) {
            textAt[column] = texts++;
        }
        List<String> targetNames = used.stream().map(names::get).toList();
        List<String> asideNames = aside.stream().map(names::get).toList();
        return new Columns(names, numberAt, textAt, new Schema(columns, targetNames, kind, asideNames));
    }
}
