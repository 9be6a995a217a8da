package dev.starling.worker.gang;

import dev.starling.worker.exchange.RoundReport;
import dev.starling.worker.metrics.Scoring;
import dev.starling.worker.metrics.Totals;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** What a replica has added up since the epoch began: of its own examples, of its gang, and of time. */
final class EpochSums {
    private final Scoring scoring;
    private final LayerSums layers;
    private Totals totals;
    private double lossBefore;
    private long examplesOfGang;
    private double lossOfGang;
    private long trainingNanos;
    private long averagingNanos;
    private long waitingNanos;

    EpochSums(Scoring scoring, LayerSums layers) {
        this.scoring = scoring;
        this.layers = layers;
        this.totals = scoring.zero();
    }

    void clear() {
        totals.clear();
        layers.clear();
        lossBefore = 0;
        examplesOfGang = 0;
        lossOfGang = 0;
        trainingNanos = 0;
        averagingNanos = 0;
        waitingNanos = 0;
    }

    /** Of its own steps; the caller adds to it. */
    LayerSums layers() {
        return layers;
    }

    /** Of its own examples; the caller adds to it. */
    Totals totals() {
        return totals;
    }

    /** The sum of its own losses since this was last asked. */
    double lossOfRound() {
        double sum = totals.lossSum() - lossBefore;
        lossBefore = totals.lossSum();
        return sum;
    }

    void addRound(RoundReport gang) {
        examplesOfGang += gang.examples();
        lossOfGang += gang.lossSum();
    }

    long examplesOfGang() {
        return examplesOfGang;
    }

    /** Running mean, without penalties. */
    double meanLossOfGang() {
        return lossOfGang / examplesOfGang;
    }

    void addAveraging(long nanos) {
        averagingNanos += nanos;
    }

    /** Adds the time since a point, so that a checkpoint may come between. */
    void addTraining(long training, long waiting) {
        trainingNanos += training;
        waitingNanos += waiting;
    }

    /** @param validation totals by number of block */
    EpochPart part(java.util.Map<Integer, Totals> validation) {
        return new EpochPart(trainingNanos, averagingNanos, waitingNanos, totals, layers, validation);
    }

    /** What all replicas have alike. */
    void writeCommon(DataOutputStream out) throws IOException {
        out.writeLong(examplesOfGang);
        out.writeDouble(lossOfGang);
    }

    void readCommon(DataInputStream in) throws IOException {
        examplesOfGang = in.readLong();
        lossOfGang = in.readDouble();
    }

    void writeOwn(DataOutputStream out) throws IOException {
        out.writeDouble(lossBefore);
        out.writeLong(trainingNanos);
        out.writeLong(averagingNanos);
        out.writeLong(waitingNanos);
        byte[] encoded = totals.toBytes();
        out.writeInt(encoded.length);
        out.write(encoded);
        layers.write(out);
    }

    void readOwn(DataInputStream in) throws IOException {
        lossBefore = in.readDouble();
        trainingNanos = in.readLong();
        averagingNanos = in.readLong();
        waitingNanos = in.readLong();
        totals = Totals.fromBytes(scoring, in.readNBytes(in.readInt()));
        layers.read(in);
    }
}
