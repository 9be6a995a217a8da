package dev.starling.driver.selection.pool;

import dev.starling.driver.selection.pool.UnitResult.Predictions;
import dev.starling.driver.transport.ArrayCodec;
import dev.starling.worker.data.Split;
import dev.starling.worker.gang.EpochReport;
import dev.starling.worker.gang.Outcome.Ending;
import dev.starling.worker.gang.ReportCodec;
import dev.starling.worker.metrics.Metrics;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Results, failures and choices of rows as bytes. */
final class ResultCodec {
    private ResultCodec() {}

    static void write(DataOutput out, UnitResult result) throws IOException {
        ReportCodec.write(out, result.history());
        out.writeUTF(result.ending().name());
        out.writeByte(result.metrics().size());
        for (Map.Entry<Split, Metrics> split : result.metrics().entrySet()) {
            out.writeUTF(split.getKey().name());
            ReportCodec.write(out, split.getValue());
        }
        write(out, result.predictions());
        write(out, result.others());
        out.writeDouble(result.seconds());
        out.writeDouble(result.trainingSeconds());
        ArrayCodec.write(out, result.facts());
    }

    static UnitResult readResult(DataInput in) throws IOException {
        List<EpochReport> history = ReportCodec.readHistory(in);
        Ending ending = Ending.valueOf(in.readUTF());
        SortedMap<Split, Metrics> metrics = new TreeMap<>();
        for (int i = in.readByte(); i > 0; i--) {
            metrics.put(Split.valueOf(in.readUTF()), ReportCodec.readMetrics(in));
        }
        Optional<Predictions> predictions = readPredictions(in);
        Optional<Predictions> others = readPredictions(in);
        double seconds = in.readDouble();
        double training = in.readDouble();
        Map<String, String> facts = ArrayCodec.readTexts(in);
        return new UnitResult(history, ending, metrics, predictions, others, seconds, training, facts);
    }

    private static void write(DataOutput out, Optional<Predictions> predictions) throws IOException {
        out.writeBoolean(predictions.isPresent());
        if (predictions.isPresent()) {
            out.writeInt(predictions.get().width());
            ArrayCodec.write(out, predictions.get().outputs());
            ArrayCodec.write(out, predictions.get().targets());
        }
    }

    private static Optional<Predictions> readPredictions(DataInput in) throws IOException {
        return in.readBoolean()
                ? Optional.of(new Predictions(in.readInt(), ArrayCodec.readFloats(in), ArrayCodec.readFloats(in)))
                : Optional.empty();
    }

    static void write(DataOutput out, UnitFailure failure) throws IOException {
        out.writeUTF(failure.cause().name());
        ArrayCodec.write(out, failure.message());
        ArrayCodec.write(out, failure.trace());
    }

    static UnitFailure readFailure(DataInput in) throws IOException {
        return new UnitFailure(
                UnitFailure.Cause.valueOf(in.readUTF()), ArrayCodec.readText(in), ArrayCodec.readText(in));
    }

    static void write(DataOutput out, RowChoice rows) throws IOException {
        for (int[] part : new int[][] {rows.train(), rows.validation(), rows.scored(), rows.predicted()}) {
            ArrayCodec.write(out, part);
        }
    }

    static RowChoice readRows(DataInput in) throws IOException {
        return new RowChoice(
                ArrayCodec.readInts(in), ArrayCodec.readInts(in), ArrayCodec.readInts(in), ArrayCodec.readInts(in));
    }
}
