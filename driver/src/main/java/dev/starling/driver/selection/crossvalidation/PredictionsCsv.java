package dev.starling.driver.selection.crossvalidation;

import dev.starling.driver.selection.bagging.Ensemble;
import dev.starling.driver.selection.pool.UnitResult.Predictions;
import dev.starling.worker.InvalidInput;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Out-of-fold predictions, a line per row: {@code row,repeat,fold,target,predicted}, and for classes the network's outputs under their names (of one output, under that of the second class).
 * {@code row} counts the rows of the data from 1. With several numeric targets, {@code target} and {@code predicted} are numbered. Outputs are written so that reading gives the same bits.
 *
 * @param classes names in order; empty where the target is not classes
 */
record PredictionsCsv(List<String> classes) {
    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setRecordSeparator("\n").build();

    String write(FoldPlan plan, List<FoldResult> folds) {
        StringBuilder csv = new StringBuilder();
        if (!folds.isEmpty()) {
            csv.append(FORMAT.format(header(folds.get(0).predictions()).toArray()))
                    .append('\n');
        }
        for (FoldResult fold : folds) {
            int[] rows = plan.folds().get(fold.index()).scored();
            append(csv, rows, i -> List.of(fold.repeat(), fold.number()), fold.predictions());
        }
        return csv.toString();
    }

    /** Of the plan's {@code predicted} rows, by the fold's model. */
    String writeOthers(FoldPlan plan, FoldResult fold) {
        Predictions others = fold.others().orElseThrow();
        StringBuilder csv = new StringBuilder(FORMAT.format(header(others).toArray())).append('\n');
        append(csv, plan.predicted(), i -> List.of(fold.repeat(), fold.number()), others);
        return csv.toString();
    }

    /** Of an ensemble, with the number of {@code models} whose mean it is in place of repeat and fold. */
    String write(Ensemble.Part part) {
        List<String> header = new ArrayList<>(header(part.predictions()));
        header.subList(1, 3).clear();
        header.add(1, "models");
        StringBuilder csv = new StringBuilder(FORMAT.format(header.toArray())).append('\n');
        append(csv, part.rows(), i -> List.of(part.counts()[i]), part.predictions());
        return csv.toString();
    }

    /** @param origin what stands between a row's number and its values, by its place */
    private void append(StringBuilder csv, int[] rows, IntFunction<List<Integer>> origin, Predictions predictions) {
        for (int i = 0; i < rows.length; i++) {
            List<Object> line = new ArrayList<>(List.of(rows[i] + 1));
            line.addAll(origin.apply(i));
            line.addAll(values(predictions, i, rows.length));
            csv.append(FORMAT.format(line.toArray())).append('\n');
        }
    }

    private List<String> header(Predictions predictions) {
        List<String> header = new ArrayList<>(List.of("row", "repeat", "fold"));
        if (!classes.isEmpty()) {
            header.addAll(List.of("target", "predicted"));
            header.addAll(predictions.width() == 1 ? classes.subList(1, 2) : classes);
            return header;
        }
        boolean one = predictions.width() == 1;
        for (String name : predictions.targets().length == 0 ? List.of("predicted") : List.of("target", "predicted")) {
            for (int i = 1; i <= predictions.width(); i++) {
                header.add(one ? name : name + i);
            }
        }
        return header;
    }

    private List<Object> values(Predictions predictions, int row, int rows) {
        int width = predictions.width();
        int targets = rows == 0 ? 0 : predictions.targets().length / rows;
        List<Object> values = new ArrayList<>();
        if (!classes.isEmpty()) {
            values.add(classes.get((int) predictions.targets()[row]));
            values.add(classes.get(predicted(predictions, row)));
        } else {
            for (int i = 0; i < targets; i++) {
                values.add(predictions.targets()[row * targets + i]);
            }
        }
        for (int i = 0; i < width; i++) {
            values.add(predictions.outputs()[row * width + i]);
        }
        return values;
    }

    private static int predicted(Predictions predictions, int row) {
        int width = predictions.width();
        float[] outputs = predictions.outputs();
        if (width == 1) {
            return outputs[row] > 0.5f ? 1 : 0;
        }
        int best = 0;
        for (int i = 1; i < width; i++) {
            best = outputs[row * width + i] > outputs[row * width + best] ? i : best;
        }
        return best;
    }

    /**
     * The predictions of one fold, from what {@link #write} made of it alone.
     *
     * @param expected numbers of the rows, as the fold has them
     * @param place of the text, for messages
     */
    Predictions read(String csv, int[] expected, String place) {
        try (CSVParser parser = CSVParser.parse(new StringReader(csv), FORMAT)) {
            List<CSVRecord> lines = parser.getRecords();
            int rows = lines.size() - 1;
            if (rows != expected.length) {
                throw new InvalidInput("Cannot read " + place + ": " + rows + " rows (expected " + expected.length
                        + ", those of the fold)");
            }
            return predictions(lines, rows);
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidInput("Cannot read " + place + ": " + e.getMessage() + " (expected predictions)");
        }
    }

    private Predictions predictions(List<CSVRecord> lines, int rows) {
        List<String> header = lines.get(0).toList();
        int numbered = (int)
                header.stream().filter(name -> name.matches("target[0-9]*")).count();
        int targets = classes.isEmpty() ? numbered : 1;
        int first = 3 + targets + (classes.isEmpty() ? 0 : 1);
        int width = header.size() - first;
        float[] outputs = new float[rows * width];
        float[] wanted = new float[rows * targets];
        for (int row = 0; row < rows; row++) {
            CSVRecord line = lines.get(row + 1);
            for (int i = 0; i < targets; i++) {
                String text = line.get(3 + i);
                wanted[row * targets + i] = classes.isEmpty() ? Float.parseFloat(text) : classes.indexOf(text);
            }
            for (int i = 0; i < width; i++) {
                outputs[row * width + i] = Float.parseFloat(line.get(first + i));
            }
        }
        return new Predictions(width, outputs, wanted);
    }
}
