package dev.starling.driver.selection.bagging;

import dev.starling.driver.selection.pool.UnitResult.Predictions;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What models predict for rows, row by row; not every model need predict every row. */
final class Votes {
    private final boolean classes;
    private final SortedMap<Integer, Row> rows = new TreeMap<>();
    private int width;

    /**
     * A row's predictions.
     *
     * @param target as many values as outputs: those asked for, or 1 for the row's class
     */
    private record Row(float stored, float[] target, List<float[]> outputs) {}

    /** @param classes whether the targets are numbers of classes */
    Votes(boolean classes) {
        this.classes = classes;
    }

    /** @param numbers of the rows, in the order of the predictions */
    void add(int[] numbers, Predictions predictions) {
        width = predictions.width();
        for (int i = 0; i < numbers.length; i++) {
            float[] outputs = new float[width];
            System.arraycopy(predictions.outputs(), i * width, outputs, 0, width);
            int at = i;
            rows.computeIfAbsent(numbers[i], n -> row(predictions, at)).outputs.add(outputs);
        }
    }

    private Row row(Predictions predictions, int at) {
        float[] target = new float[width];
        float[] stored = predictions.targets();
        if (!classes) {
            System.arraycopy(stored, at * width, target, 0, width);
            return new Row(0, target, new ArrayList<>());
        }
        if (width == 1) {
            target[0] = stored[at];
        } else {
            target[(int) stored[at]] = 1;
        }
        return new Row(stored[at], target, new ArrayList<>());
    }

    int[] numbers() {
        return rows.keySet().stream().mapToInt(Integer::intValue).toArray();
    }

    /** Per row, how many models predict it. */
    int[] counts() {
        return rows.values().stream().mapToInt(row -> row.outputs.size()).toArray();
    }

    /** Means over models, in the order of {@link #numbers}. */
    Predictions means() {
        float[] means = new float[rows.size() * width];
        float[] targets = new float[rows.size() * (classes ? 1 : width)];
        int at = 0;
        for (Row row : rows.values()) {
            for (int k = 0; k < width; k++) {
                means[at * width + k] = (float) mean(row, k);
                if (!classes) {
                    targets[at * width + k] = row.target[k];
                }
            }
            if (classes) {
                targets[at] = row.stored;
            }
            at++;
        }
        return new Predictions(width, means, targets);
    }

    /** Rows × outputs, as a network is asked for them. */
    float[] asked() {
        float[] asked = new float[rows.size() * width];
        int at = 0;
        for (Row row : rows.values()) {
            System.arraycopy(row.target, 0, asked, width * at++, width);
        }
        return asked;
    }

    private static double mean(Row row, int k) {
        double sum = 0;
        for (float[] outputs : row.outputs) {
            sum += outputs[k];
        }
        return sum / row.outputs.size();
    }

    Decomposition decomposition() {
        double bias2 = 0;
        double variance = 0;
        double error = 0;
        for (Row row : rows.values()) {
            for (int k = 0; k < width; k++) {
                double mean = mean(row, k);
                bias2 += square(mean - row.target[k]);
                for (float[] outputs : row.outputs) {
                    variance += square(mean - outputs[k]) / row.outputs.size();
                    error += square((double) outputs[k] - row.target[k]) / row.outputs.size();
                }
            }
        }
        double values = (double) rows.size() * width;
        return new Decomposition(bias2 / values, variance / values, error / values);
    }

    private static double square(double x) {
        return x * x;
    }
}
