package dev.starling.driver.data;

import dev.starling.driver.data.Schema.TargetKind;
import dev.starling.worker.Problems;
import dev.starling.worker.data.Split;
import dev.starling.worker.data.Target;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;

/**
 * What one pass over all blocks found.
 *
 * @param facts of each block, in the order of their numbers
 */
record Scan(Dataset dataset, List<BlockFacts> facts) {
    private static final int MOST_CLASSES = 100_000;

    Scan {
        facts = List.copyOf(facts);
    }

    static Scan of(Dataset dataset, JavaRDD<ParsedBlock> blocks) {
        List<BlockFacts> facts = new ArrayList<>(blocks.map(ParsedBlock::facts).collect());
        facts.sort(Comparator.comparingInt(BlockFacts::index));
        return new Scan(dataset, facts);
    }

    /** Adds the problems of all blocks: the first ones, then how many more. */
    void addProblems(Problems problems) {
        Set<String> distinct = new LinkedHashSet<>();
        long all = 0;
        long kept = 0;
        for (BlockFacts block : facts) {
            distinct.addAll(block.problems());
            all += block.problemCount();
            kept += block.problems().size();
        }
        long more = all - kept + Math.max(0, distinct.size() - BlockProblems.SHOWN);
        distinct.stream().limit(BlockProblems.SHOWN).forEach(problems::add);
        if (more > 0) {
            problems.add("and " + more + " more");
        }
    }

    /** The classes, where the target is classes: all that have a point, or those of the training source. */
    Target.Classes classes(Problems problems) {
        if (dataset.embedded().isEmbedded()) {
            return dataset.embedded();
        }
        boolean classes = dataset.schema().kind() == TargetKind.CLASSES;
        return new Target.Classes(classes ? classNames(problems) : List.of());
    }

    /** Class names of the training source, sorted: by value if all are numbers, else as text. */
    List<String> classNames(Problems problems) {
        Set<String> names = new LinkedHashSet<>();
        for (BlockFacts block : trainFacts()) {
            names.addAll(List.of(block.classNames()));
            if (names.size() > MOST_CLASSES) {
                problems.add("Cannot make classes of column '"
                        + dataset.schema().targets().get(0) + "': it has more than " + MOST_CLASSES
                        + " different values (expected classes; for numbers, a loss like meanSquaredError)");
                return List.of();
            }
        }
        if (names.size() < 2) {
            problems.add("Cannot make classes of column '"
                    + dataset.schema().targets().get(0) + "': all rows have " + String.join(", ", names)
                    + " (expected at least two classes)");
        }
        return sorted(names);
    }

    static List<String> sorted(Set<String> names) {
        List<String> sorted = new ArrayList<>(names);
        sorted.sort(Comparator.naturalOrder());
        boolean numbers = sorted.stream().noneMatch(name -> Double.isNaN(value(name)));
        if (numbers) {
            sorted.sort(Comparator.comparingDouble(Scan::value));
        }
        return sorted;
    }

    private static double value(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return Decimal.parse(bytes, 0, bytes.length);
    }

    /** Adds a problem for each class, in each block, that is not among those known. */
    void checkClasses(Set<String> known, Problems problems) {
        List<String> found = new ArrayList<>();
        for (BlockFacts block : facts) {
            for (int i = 0; i < block.classNames().length; i++) {
                if (!known.contains(block.classNames()[i])) {
                    found.add("Cannot use " + dataset.place(block.index(), block.classWhere()[i]) + ": class '"
                            + block.classNames()[i]
                            + (dataset.embedded().isEmbedded() ? "' has no embedding" : "' is not in the training data")
                            + " (expected one of " + String.join(", ", known) + ")");
                }
            }
        }
        found.stream().limit(BlockProblems.SHOWN).forEach(problems::add);
        if (found.size() > BlockProblems.SHOWN) {
            problems.add("and " + (found.size() - BlockProblems.SHOWN) + " more");
        }
    }

    List<BlockFacts> trainFacts() {
        return facts.subList(0, dataset.train().plan().blocks());
    }

    /** Whether any value that is to become the mean is missing. */
    boolean hasMissingNumbers() {
        return facts.stream().anyMatch(block -> {
            for (int count : block.missing()) {
                if (count > 0) {
                    return true;
                }
            }
            return false;
        });
    }

    /** Rows of a source of its own, or of the training source for TRAIN. */
    long rowsOfSource(Split split) {
        return facts.stream()
                .filter(block -> dataset.partOf(block.index()).split() == split)
                .mapToLong(BlockFacts::rows)
                .sum();
    }

    String fingerprint() {
        List<byte[]> content = new ArrayList<>();
        for (BlockFacts block : facts) {
            content.add(dataset.partOf(block.index()).split().label().getBytes(StandardCharsets.UTF_8));
            content.add(block.sha256());
        }
        return Fingerprint.of(content);
    }
}
