package dev.starling.worker.metrics;

import dev.starling.worker.memory.FlatVector;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Sums over the examples of one split (a block, a replica's part, or all of it), which are added to in place, merged by {@link #plus} and divided once at the
 * end. Sums are double, counts exact; merge in a fixed order and the result has the same bits wherever the parts were made. Not thread-safe.
 */
public abstract sealed class Totals permits ClassTotals, LabelTotals, ValueTotals, SeveralTotals {
    private final Scoring scoring;
    private long examples;
    private double lossSum;
    private double penaltySum;
    // Adding vectors outside the heap goes through these, which grow once to the size of a batch.
    private float[] outputRows = {};
    private float[] targetRows = {};

    Totals(Scoring scoring) {
        this.scoring = scoring;
    }

    public Scoring scoring() {
        return scoring;
    }

    public long examples() {
        return examples;
    }

    /** Sum over examples of the loss, without penalties; NaN or infinite once any example's was. */
    public double lossSum() {
        return lossSum;
    }

    /** Adds the first {@code rows} rows of a batch; rows × outputs floats of each are read. */
    public void add(FlatVector outputs, FlatVector targets, int rows) {
        int length = rows * scoring.outputs();
        if (outputRows.length < length) {
            outputRows = new float[length];
            targetRows = new float[length];
        }
        outputs.get(0, outputRows, 0, length);
        targets.get(0, targetRows, 0, length);
        add(outputRows, targetRows, rows);
    }

    /**
     * Adds a batch.
     *
     * @param outputs rows × outputs, after the last activation
     * @param targets rows × outputs, as the network was asked for them (scaled, one-hot)
     */
    public void add(float[] outputs, float[] targets, int rows) {
        examples += rows;
        lossSum += scoring.lossSum(outputs, targets, rows);
        count(outputs, targets, rows);
    }

    /** Adds to the loss of each of {@code rows} examples what weights cost when they were trained (see {@code Optimizer.penalty}), and what activations cost. */
    public void addPenalty(double penalty, int rows) {
        penaltySum += penalty * rows;
    }

    /** The sums over the examples of both; neither is changed. */
    public Totals plus(Totals other) {
        Totals sum = scoring.zero();
        sum.absorb(this);
        sum.absorb(other);
        return sum;
    }

    private void absorb(Totals other) {
        if (!scoring.equals(other.scoring)) {
            throw new IllegalArgumentException(
                    "Cannot merge totals of " + other.scoring + " (expected those of " + scoring + ")");
        }
        examples += other.examples;
        lossSum += other.lossSum;
        penaltySum += other.penaltySum;
        merge(other);
    }

    /** Forgets all examples, for the next epoch; buffers stay. */
    public void clear() {
        examples = 0;
        lossSum = 0;
        penaltySum = 0;
        forget();
    }

    /**
     * Divides.
     *
     * @param penalty what the weights cost now, added to the mean loss; 0 where {@link #addPenalty} has told that, too
     * @return values by {@link Scoring#metrics} in its order; all 0 over no example
     */
    public Metrics metrics(double penalty) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("loss", (examples == 0 ? 0 : (lossSum + penaltySum) / examples) + penalty);
        divide(values);
        return new Metrics(examples, values, classTable());
    }

    public byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(examples);
            out.writeDouble(lossSum);
            out.writeDouble(penaltySum);
            write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot encode totals in memory", e);
        }
        return bytes.toByteArray();
    }

    /** @param bytes by {@link #toBytes} of totals of the same scoring */
    public static Totals fromBytes(Scoring scoring, byte[] bytes) {
        Totals totals = scoring.zero();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            totals.examples = in.readLong();
            totals.lossSum = in.readDouble();
            totals.penaltySum = in.readDouble();
            totals.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot decode totals: " + bytes.length + " bytes (expected those of " + scoring + ")", e);
        }
        return totals;
    }

    abstract void count(float[] outputs, float[] targets, int rows);

    /** @param other of the same class and scoring */
    abstract void merge(Totals other);

    abstract void forget();

    /** Puts all metrics but the loss. */
    abstract void divide(Map<String, Double> values);

    abstract Optional<ClassTable> classTable();

    abstract void write(DataOutputStream out) throws IOException;

    abstract void read(DataInputStream in) throws IOException;
}
