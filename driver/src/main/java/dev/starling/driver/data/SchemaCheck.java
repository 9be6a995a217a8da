package dev.starling.driver.data;

import dev.starling.driver.data.Schema.Column;
import dev.starling.driver.data.Schema.TargetKind;
import dev.starling.worker.data.Feature;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.Target;
import java.util.List;

/** Compares the columns of sources with each other and with what a stored preparation was fitted on. */
final class SchemaCheck {
    private SchemaCheck() {}

    /** What differs, up to before the closing bracket; empty if nothing does. Names are compared where both have some. */
    static String mismatch(Schema expected, Schema found) {
        if (expected.features().size() != found.features().size()) {
            return found.features().size() + " feature columns (expected "
                    + expected.features().size();
        }
        for (int i = 0; i < expected.features().size(); i++) {
            Column a = expected.features().get(i);
            Column b = found.features().get(i);
            boolean named = !isNumber(a.name()) && !isNumber(b.name());
            if (a.categorical() != b.categorical() || (named && !a.name().equals(b.name()))) {
                return "feature " + (i + 1) + " is " + show(b) + " (expected " + show(a);
            }
        }
        if (expected.kind() != found.kind()
                || expected.targets().size() != found.targets().size()) {
            return "targets are " + found.targets() + " (expected " + expected.targets();
        }
        return "";
    }

    /** The schema of the data that a preparation was fitted on. */
    static Schema of(Preparation preparation, TargetKind kind) {
        List<Column> columns = preparation.features().stream()
                .filter(feature -> !(feature instanceof Feature.Product))
                .map(feature -> new Column(feature.name(), feature instanceof Feature.Categorical))
                .toList();
        List<String> targets = preparation.target() instanceof Target.Values values
                ? values.names()
                : preparation.target() instanceof Target.Classes ? List.of("class") : List.of();
        return new Schema(columns, targets, kind);
    }

    private static String show(Column column) {
        return column.name() + (column.categorical() ? ", a category" : ", a number");
    }

    private static boolean isNumber(String name) {
        return !name.isEmpty() && name.chars().allMatch(Character::isDigit);
    }
}
