package dev.starling.driver.selection.pool;

import dev.starling.driver.selection.pool.UnitResult.Predictions;
import dev.starling.worker.data.Split;
import dev.starling.worker.gang.EpochReport;
import dev.starling.worker.gang.Outcome.Ending;
import dev.starling.worker.gang.ReportCodec;
import dev.starling.worker.metrics.Metrics;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Results, failures and choices of rows as bytes. */
final class ResultCodec {
    private ResultCodec() {}

    static void write(DataOutput out, UnitResult result) throws IOException {
        out.writeInt(result.history().size());
        for (EpochReport report : result.history()) {
            ReportCodec.write(out, report);
        }
        out.writeUTF(result.ending().name());
        out.writeByte(result.metrics().size());
        for (Map.Entry<Split, Metrics> split : result.metrics().entrySet()) {
            out.writeUTF(split.getKey().name());
            ReportCodec.write(out, split.getValue());
        }
        out.writeBoolean(result.predictions().isPresent());
        if (result.predictions().isPresent()) {
            Predictions predictions = result.predictions().get();
            out.writeInt(predictions.width());
            writeFloats(out, predictions.outputs());
            writeFloats(out, predictions.targets());
        }
        out.writeDouble(result.seconds());
        out.writeDouble(result.trainingSeconds());
        out.writeInt(result.facts().size());
        for (Map.Entry<String, String> fact : new TreeMap<>(result.facts()).entrySet()) {
            writeText(out, fact.getKey());
            writeText(out, fact.getValue());
        }
    }

    static UnitResult readResult(DataInput in) throws IOException {
        List<EpochReport> history = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            history.add(ReportCodec.read(in));
        }
        Ending ending = Ending.valueOf(in.readUTF());
        SortedMap<Split, Metrics> metrics = new TreeMap<>();
        for (int i = in.readByte(); i > 0; i--) {
            metrics.put(Split.valueOf(in.readUTF()), ReportCodec.readMetrics(in));
        }
        Optional<Predictions> predictions = in.readBoolean()
                ? Optional.of(new Predictions(in.readInt(), readFloats(in), readFloats(in)))
                : Optional.empty();
        double seconds = in.readDouble();
        double training = in.readDouble();
        Map<String, String> facts = new TreeMap<>();
        for (int i = in.readInt(); i > 0; i--) {
            facts.put(readText(in), readText(in));
        }
        return new UnitResult(history, ending, metrics, predictions, seconds, training, facts);
    }

    static void write(DataOutput out, UnitFailure failure) throws IOException {
        out.writeUTF(failure.cause().name());
        writeText(out, failure.message());
        writeText(out, failure.trace());
    }

    static UnitFailure readFailure(DataInput in) throws IOException {
        return new UnitFailure(UnitFailure.Cause.valueOf(in.readUTF()), readText(in), readText(in));
    }

    static void write(DataOutput out, RowChoice rows) throws IOException {
        for (int[] part : new int[][] {rows.train(), rows.validation(), rows.scored()}) {
            out.writeInt(part.length);
            ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(4, part.length));
            bytes.asIntBuffer().put(part);
            out.write(bytes.array());
        }
    }

    static RowChoice readRows(DataInput in) throws IOException {
        return new RowChoice(readInts(in), readInts(in), readInts(in));
    }

    private static int[] readInts(DataInput in) throws IOException {
        int[] values = new int[in.readInt()];
        byte[] bytes = new byte[Math.multiplyExact(4, values.length)];
        in.readFully(bytes);
        ByteBuffer.wrap(bytes).asIntBuffer().get(values);
        return values;
    }

    private static void writeFloats(DataOutput out, float[] values) throws IOException {
        out.writeInt(values.length);
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(4, values.length));
        bytes.asFloatBuffer().put(values);
        out.write(bytes.array());
    }

    private static float[] readFloats(DataInput in) throws IOException {
        float[] values = new float[in.readInt()];
        byte[] bytes = new byte[Math.multiplyExact(4, values.length)];
        in.readFully(bytes);
        ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
        return values;
    }

    private static void writeText(DataOutput out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInput in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
