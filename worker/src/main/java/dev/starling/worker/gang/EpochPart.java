package dev.starling.worker.gang;

import dev.starling.worker.metrics.Metrics;
import dev.starling.worker.metrics.Scoring;
import dev.starling.worker.metrics.Totals;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one replica tells the others at an epoch's end.
 *
 * @param train over its training examples
 * @param layers over its steps
 * @param validation by number of block
 */
record EpochPart(
        long trainingNanos,
        long averagingNanos,
        long waitingNanos,
        Totals train,
        LayerSums layers,
        Map<Integer, Totals> validation) {
    private static final double NANOS = 1e9;

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(trainingNanos);
            out.writeLong(averagingNanos);
            out.writeLong(waitingNanos);
            write(out, train);
            layers.write(out);
            out.writeInt(validation.size());
            for (Map.Entry<Integer, Totals> block : validation.entrySet()) {
                out.writeInt(block.getKey());
                write(out, block.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot encode an epoch's part in memory", e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, Totals totals) throws IOException {
        byte[] encoded = totals.toBytes();
        out.writeInt(encoded.length);
        out.write(encoded);
    }

    static EpochPart fromBytes(Scoring scoring, LayerSums layers, byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            long training = in.readLong();
            long averaging = in.readLong();
            long waiting = in.readLong();
            Totals train = readTotals(in, scoring);
            layers.read(in);
            Map<Integer, Totals> validation = new TreeMap<>();
            for (int blocks = in.readInt(); blocks > 0; blocks--) {
                int number = in.readInt();
                validation.put(number, readTotals(in, scoring));
            }
            return new EpochPart(training, averaging, waiting, train, layers, validation);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot decode an epoch's part of " + bytes.length + " bytes", e);
        }
    }

    private static Totals readTotals(DataInputStream in, Scoring scoring) throws IOException {
        return Totals.fromBytes(scoring, in.readNBytes(in.readInt()));
    }

    /**
     * Merges training in the order of ranks and validation in the order of blocks, which does not depend on who validated which.
     *
     * @param epoch from 1
     * @param penalty what the weights cost now, for validation; training has told its own
     */
    static EpochReport merge(List<EpochPart> parts, int epoch, Scoring scoring, boolean hasValidation, double penalty) {
        Totals train = scoring.zero();
        Map<Integer, Totals> blocks = new TreeMap<>();
        long training = 0;
        double averaging = 0;
        double waiting = 0;
        LayerSums layers = parts.get(0).layers.zero();
        for (EpochPart part : parts) {
            train = train.plus(part.train);
            layers.add(part.layers);
            blocks.putAll(part.validation);
            training = Math.max(training, part.trainingNanos);
            averaging += part.averagingNanos / NANOS / parts.size();
            waiting += part.waitingNanos / NANOS / parts.size();
        }
        Totals validation = blocks.values().stream().reduce(scoring.zero(), Totals::plus);
        Optional<Metrics> validated = hasValidation ? Optional.of(validation.metrics(penalty)) : Optional.empty();
        return new EpochReport(
                epoch, train.metrics(0).with(layers.values()), validated, training / NANOS, averaging, waiting);
    }
}
