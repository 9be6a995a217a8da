package dev.starling.worker.metrics;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Counts of right answers over outputs that each say yes (over 0.5) or no. */
final class LabelTotals extends Totals {
    private static final float THRESHOLD = 0.5f;

    private long right;

    LabelTotals(Scoring.Labels scoring) {
        super(scoring);
    }

    @Override
    void count(float[] outputs, float[] targets, int rows) {
        int length = rows * scoring().outputs();
        for (int i = 0; i < length; i++) {
            right += (outputs[i] > THRESHOLD) == (targets[i] > THRESHOLD) ? 1 : 0;
        }
    }

    @Override
    void merge(Totals other) {
        right += ((LabelTotals) other).right;
    }

    @Override
    void forget() {
        right = 0;
    }

    @Override
    void divide(Map<String, Double> values) {
        double answers = (double) examples() * scoring().outputs();
        values.put("accuracy", answers == 0 ? 0 : right / answers);
    }

    @Override
    Optional<ClassTable> classTable() {
        return Optional.empty();
    }

    @Override
    void write(DataOutputStream out) throws IOException {
        out.writeLong(right);
    }

    @Override
    void read(DataInputStream in) throws IOException {
        right = in.readLong();
    }
}
