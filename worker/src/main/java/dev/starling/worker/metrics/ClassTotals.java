package dev.starling.worker.metrics;

import dev.starling.worker.data.Embeddings;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts of true and predicted classes, of hits among the five largest outputs, and for two classes the scores that the AUC needs. */
final class ClassTotals extends Totals {
    static final int TOP = 5;
    private static final float THRESHOLD = 0.5f;

    private final Scoring.Classification scoring;
    private final int classes;
    private final Optional<Embeddings> points;
    /** classes × classes: rows true, columns predicted. */
    private final long[] confusion;

    private final Ranking ranking = new Ranking();
    private long topHits;

    ClassTotals(Scoring.Classification scoring) {
        super(scoring);
        this.scoring = scoring;
        this.classes = scoring.classes().size();
        this.points = Optional.of(scoring.points()).filter(p -> !p.isEmpty()).map(Embeddings::new);
        this.confusion = new long[classes * classes];
    }

    @Override
    void count(float[] outputs, float[] targets, int rows) {
        int width = scoring.outputs();
        if (points.isPresent()) {
            countNearest(points.get(), outputs, targets, rows);
            return;
        }
        for (int row = 0; row < rows; row++) {
            int at = row * width;
            int truth = classOf(targets, at, width);
            confusion[truth * classes + classOf(outputs, at, width)]++;
            if (scoring.countsTop5()) {
                topHits += isAmongTop(outputs, at, width, truth) ? 1 : 0;
            }
            if (scoring.isBinary()) {
                ranking.add(outputs[at + width - 1], truth == 1);
            }
        }
    }

    private void countNearest(Embeddings space, float[] outputs, float[] targets, int rows) {
        for (int row = 0; row < rows; row++) {
            int at = row * space.dimensions();
            int truth = space.nearest(targets, at);
            float[] near = space.nearness(outputs, at);
            confusion[truth * classes + classOf(near, 0, classes)]++;
            topHits += scoring.countsTop5() && isAmongTop(near, 0, classes, truth) ? 1 : 0;
        }
    }

    private static int classOf(float[] values, int at, int width) {
        if (width == 1) {
            return values[at] > THRESHOLD ? 1 : 0;
        }
        int best = 0;
        for (int i = 1; i < width; i++) {
            if (values[at + i] > values[at + best]) {
                best = i;
            }
        }
        return best;
    }

    /** Ties at the edge count as hits, as in Keras. */
    private static boolean isAmongTop(float[] outputs, int at, int width, int truth) {
        int larger = 0;
        for (int i = 0; i < width; i++) {
            larger += outputs[at + i] > outputs[at + truth] ? 1 : 0;
        }
        return larger < TOP;
    }

    @Override
    void merge(Totals other) {
        ClassTotals that = (ClassTotals) other;
        for (int i = 0; i < confusion.length; i++) {
            confusion[i] += that.confusion[i];
        }
        topHits += that.topHits;
        ranking.addAll(that.ranking);
    }

    @Override
    void forget() {
        Arrays.fill(confusion, 0);
        topHits = 0;
        ranking.clear();
    }

    @Override
    void divide(Map<String, Double> values) {
        long right = 0;
        for (int c = 0; c < classes; c++) {
            right += confusion[c * classes + c];
        }
        values.put("accuracy", ratio(right, examples()));
        if (scoring.countsTop5()) {
            values.put("top5", ratio(topHits, examples()));
        }
        List<ClassTable.Row> rows = rows();
        values.put(
                "precision",
                rows.stream().mapToDouble(ClassTable.Row::precision).average().orElse(0));
        values.put(
                "recall",
                rows.stream().mapToDouble(ClassTable.Row::recall).average().orElse(0));
        values.put("f1", rows.stream().mapToDouble(ClassTable.Row::f1).average().orElse(0));
        if (scoring.isBinary()) {
            values.put("auc", ranking.auc());
        }
    }

    private List<ClassTable.Row> rows() {
        List<ClassTable.Row> rows = new ArrayList<>();
        for (int c = 0; c < classes; c++) {
            long support = 0;
            long predicted = 0;
            for (int other = 0; other < classes; other++) {
                support += confusion[c * classes + other];
                predicted += confusion[other * classes + c];
            }
            long right = confusion[c * classes + c];
            rows.add(new ClassTable.Row(
                    scoring.classes().get(c),
                    ratio(right, predicted),
                    ratio(right, support),
                    ratio(2 * right, support + predicted),
                    support));
        }
        return rows;
    }

    /** 0 where undefined. */
    private static double ratio(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    @Override
    Optional<ClassTable> classTable() {
        List<List<Long>> matrix = new ArrayList<>();
        for (int c = 0; c < classes; c++) {
            List<Long> row = new ArrayList<>();
            for (int other = 0; other < classes; other++) {
                row.add(confusion[c * classes + other]);
            }
            matrix.add(List.copyOf(row));
        }
        return Optional.of(new ClassTable(rows(), matrix));
    }

    @Override
    void write(DataOutputStream out) throws IOException {
        for (long count : confusion) {
            out.writeLong(count);
        }
        out.writeLong(topHits);
        ranking.write(out);
    }

    @Override
    void read(DataInputStream in) throws IOException {
        for (int i = 0; i < confusion.length; i++) {
            confusion[i] = in.readLong();
        }
        topHits = in.readLong();
        ranking.read(in);
    }
}
