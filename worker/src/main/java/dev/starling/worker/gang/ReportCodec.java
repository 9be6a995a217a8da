package dev.starling.worker.gang;

import dev.starling.worker.metrics.ClassTable;
import dev.starling.worker.metrics.Metrics;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Epoch reports as bytes, for results of tasks, for progress and in checkpoints. */
public final class ReportCodec {
    private ReportCodec() {}

    /** A report per epoch. */
    public static void write(DataOutput out, List<EpochReport> history) throws IOException {
        out.writeInt(history.size());
        for (EpochReport report : history) {
            write(out, report);
        }
    }

    public static List<EpochReport> readHistory(DataInput in) throws IOException {
        List<EpochReport> history = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            history.add(read(in));
        }
        return history;
    }

    public static void write(DataOutput out, EpochReport report) throws IOException {
        out.writeInt(report.epoch());
        write(out, report.train());
        out.writeBoolean(report.validation().isPresent());
        if (report.validation().isPresent()) {
            write(out, report.validation().get());
        }
        out.writeDouble(report.trainingSeconds());
        out.writeDouble(report.averagingSeconds());
        out.writeDouble(report.waitingSeconds());
    }

    public static EpochReport read(DataInput in) throws IOException {
        int epoch = in.readInt();
        Metrics train = readMetrics(in);
        Optional<Metrics> validation = in.readBoolean() ? Optional.of(readMetrics(in)) : Optional.empty();
        return new EpochReport(epoch, train, validation, in.readDouble(), in.readDouble(), in.readDouble());
    }

    public static void write(DataOutput out, Metrics metrics) throws IOException {
        out.writeLong(metrics.examples());
        out.writeInt(metrics.values().size());
        for (Map.Entry<String, Double> value : metrics.values().entrySet()) {
            out.writeUTF(value.getKey());
            out.writeDouble(value.getValue());
        }
        out.writeBoolean(metrics.classes().isPresent());
        if (metrics.classes().isPresent()) {
            write(out, metrics.classes().get());
        }
    }

    public static Metrics readMetrics(DataInput in) throws IOException {
        long examples = in.readLong();
        Map<String, Double> values = new LinkedHashMap<>();
        for (int i = in.readInt(); i > 0; i--) {
            values.put(in.readUTF(), in.readDouble());
        }
        return new Metrics(examples, values, in.readBoolean() ? Optional.of(readTable(in)) : Optional.empty());
    }

    private static void write(DataOutput out, ClassTable table) throws IOException {
        out.writeInt(table.rows().size());
        for (ClassTable.Row row : table.rows()) {
            out.writeUTF(row.name());
            out.writeDouble(row.precision());
            out.writeDouble(row.recall());
            out.writeDouble(row.f1());
            out.writeLong(row.support());
        }
        for (List<Long> row : table.confusion()) {
            for (long count : row) {
                out.writeLong(count);
            }
        }
    }

    private static ClassTable readTable(DataInput in) throws IOException {
        int classes = in.readInt();
        List<ClassTable.Row> rows = new ArrayList<>();
        for (int i = 0; i < classes; i++) {
            rows.add(
                    new ClassTable.Row(in.readUTF(), in.readDouble(), in.readDouble(), in.readDouble(), in.readLong()));
        }
        List<List<Long>> confusion = new ArrayList<>();
        for (int i = 0; i < classes; i++) {
            List<Long> row = new ArrayList<>();
            for (int j = 0; j < classes; j++) {
                row.add(in.readLong());
            }
            confusion.add(row);
        }
        return new ClassTable(rows, confusion);
    }
}
