package dev.starling.jobs.figure;

import dev.starling.driver.data.PreparedData;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.RowChunk;
import dev.starling.worker.data.Split;
import dev.starling.worker.data.Target;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The first rows of a split, prepared.
 *
 * @param inputs numbers of a row's features
 * @param features rows × inputs
 * @param targets rows × stored target: a class number, values, or nothing
 */
record Rows(int inputs, int stored, float[] features, float[] targets) {
    /** Targets of numbers with more values than this are no classes. */
    private static final int MOST_CLASSES = 10;

    static Rows of(PreparedData data, Split split, int most) {
        Preparation preparation = data.preparation();
        int inputs = preparation.featureSize();
        int stored = preparation.target().storedSize();
        int rows = (int) Math.min(most, data.rows(split));
        float[] features = new float[Math.multiplyExact(rows, inputs)];
        float[] targets = new float[rows * stored];
        int at = 0;
        // Partition by partition, so that no more is fetched than is drawn.
        for (Iterator<RowChunk> chunks = data.encoded(split).toLocalIterator(); at < rows && chunks.hasNext(); ) {
            RowChunk chunk = chunks.next();
            for (int row = 0; row < chunk.rows() && at < rows; row++, at++) {
                System.arraycopy(chunk.values(), row * chunk.width(), features, at * inputs, inputs);
                System.arraycopy(chunk.values(), row * chunk.width() + inputs, targets, at * stored, stored);
            }
        }
        return new Rows(inputs, stored, features, targets);
    }

    int count() {
        return features.length / inputs;
    }

    float[] row(int row) {
        return Arrays.copyOfRange(features, row * inputs, (row + 1) * inputs);
    }

    /** Names of the groups by which rows are coloured: classes, or values of a single number where they are few, else one. */
    List<String> groups(Target target) {
        if (target instanceof Target.Classes classes) {
            return classes.names();
        }
        List<Float> values = distinct();
        return values.size() < 2 || values.size() > MOST_CLASSES
                ? List.of("examples")
                : values.stream().map(value -> named(target, value)).toList();
    }

    /** Number of a row's group. */
    int group(int row, Target target) {
        if (target instanceof Target.Classes) {
            return (int) targets[row];
        }
        List<Float> values = distinct();
        return values.size() < 2 || values.size() > MOST_CLASSES ? 0 : values.indexOf(targets[row]);
    }

    private List<Float> distinct() {
        return stored != 1
                ? List.of()
                : IntStream.range(0, targets.length)
                        .mapToObj(i -> targets[i])
                        .distinct()
                        .sorted()
                        .limit(MOST_CLASSES + 1)
                        .toList();
    }

    private static String named(Target target, float value) {
        Target.Values values = (Target.Values) target;
        double own = values.offsets().get(0) + value * values.divisors().get(0);
        return values.names().get(0) + (own == Math.rint(own) ? " " + (long) own : " " + (float) own);
    }
}
