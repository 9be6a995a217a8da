package dev.starling.worker.metrics;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Sums over several outputs: the loss of all, and the counts of what is shown of them. */
final class SeveralTotals extends Totals {
    private final Scoring.Several scoring;
    private Totals shown;

    SeveralTotals(Scoring.Several scoring) {
        super(scoring);
        this.scoring = scoring;
        this.shown = scoring.shown().zero();
    }

    @Override
    void count(float[] outputs, float[] targets, int rows) {
        shown.add(scoring.shownOf(outputs, rows), scoring.shownOf(targets, rows), rows);
    }

    @Override
    void merge(Totals other) {
        shown = shown.plus(((SeveralTotals) other).shown);
    }

    @Override
    void forget() {
        shown.clear();
    }

    @Override
    void divide(Map<String, Double> values) {
        shown.divide(values);
    }

    @Override
    Optional<ClassTable> classTable() {
        return shown.classTable();
    }

    @Override
    void write(DataOutputStream out) throws IOException {
        byte[] bytes = shown.toBytes();
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    @Override
    void read(DataInputStream in) throws IOException {
        shown = Totals.fromBytes(scoring.shown(), in.readNBytes(in.readInt()));
    }
}
