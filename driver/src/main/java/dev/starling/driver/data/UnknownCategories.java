package dev.starling.driver.data;

import dev.starling.worker.data.Feature;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.RawBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;

/** Categories that a preparation does not know, because no training row has them: they become all zeros, which a user is told. */
final class UnknownCategories {
    private UnknownCategories() {}

    /** A line for each column that has some. */
    static List<String> warnings(JavaRDD<ParsedBlock> blocks, Preparation preparation) {
        List<Feature.Categorical> columns = columns(preparation);
        if (columns.isEmpty()) {
            return List.of();
        }
        List<String[]> found =
                blocks.map(parsed -> find(parsed.block(), preparation)).collect();
        List<String> warnings = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            int column = i;
            long rows = found.stream()
                    .mapToLong(of -> Long.parseLong(of[2 * column]))
                    .sum();
            if (rows > 0) {
                String example = found.stream()
                        .map(of -> of[2 * column + 1])
                        .filter(name -> !name.isEmpty())
                        .sorted()
                        .findFirst()
                        .orElseThrow();
                warnings.add("warning: column '" + columns.get(column).name() + "': " + rows
                        + (rows == 1 ? " row" : " rows") + " with a category that training did not have, such as '"
                        + example + "' (they count as none of its categories)");
            }
        }
        return warnings;
    }

    private static List<Feature.Categorical> columns(Preparation preparation) {
        return preparation.features().stream()
                .filter(Feature.Categorical.class::isInstance)
                .map(Feature.Categorical.class::cast)
                .toList();
    }

    /** Per categorical column of a block how many rows, and an example or the empty string: an array, since it crosses Spark. */
    private static String[] find(RawBlock block, Preparation preparation) {
        List<Feature.Categorical> columns = columns(preparation);
        String[] found = new String[2 * columns.size()];
        for (int column = 0; column < columns.size(); column++) {
            Set<String> known = Set.copyOf(columns.get(column).categories());
            String[] dictionary = block.dictionaries()[column];
            int[] counts = new int[dictionary.length];
            for (int row = 0; row < block.rows(); row++) {
                int code = block.codes()[row * block.textColumns() + column];
                if (code >= 0) {
                    counts[code]++;
                }
            }
            long rows = 0;
            String example = "";
            for (int code = 0; code < dictionary.length; code++) {
                if (!known.contains(dictionary[code])) {
                    rows += counts[code];
                    example = dictionary[code];
                }
            }
            found[2 * column] = Long.toString(rows);
            found[2 * column + 1] = example;
        }
        return found;
    }
}
