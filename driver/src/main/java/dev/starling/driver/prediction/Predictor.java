package dev.starling.driver.prediction;

import dev.starling.driver.data.NewRows;
import dev.starling.driver.ensemble.Committee;
import dev.starling.driver.ensemble.EnsembleModel;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.Target;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.step.StepChoice;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;

/** Predictions of a model for new rows: made in parallel, kept on the executors' disks, then written in order, a partition in the driver's memory at a time. */
public final class Predictor implements AutoCloseable {
    private final Broadcast<float[]> parameters;
    private final JavaRDD<byte[]> lines;
    private final OutputTable table;
    private final long rows;
    private long leftOut;

    private Predictor(Broadcast<float[]> parameters, JavaRDD<byte[]> lines, OutputTable table, long rows) {
        this.parameters = parameters;
        this.lines = lines;
        this.table = table;
        this.rows = rows;
    }

    /**
     * Predicts.
     *
     * @param rows stay the caller's
     * @param network whose outputs the table shows
     * @param parameters of it, in DL4J's order
     * @return to be closed
     */
    public static Predictor of(
            JavaSparkContext spark,
            NewRows rows,
            Preparation preparation,
            NetworkSpec network,
            float[] parameters,
            StepChoice step,
            OutputTable table) {
        Broadcast<float[]> shipped = spark.broadcast(parameters);
        Preparation features = preparation.withTarget(new Target.Input());
        return of(rows, shipped, new ModelSource.One(shipped, network, step, features), table);
    }

    /**
     * Predicts by several models: the means of what they say, in the target's own unit.
     *
     * @param rows opened by {@link EnsembleModel#preparation}; stay the caller's
     * @return to be closed
     */
    public static Predictor of(JavaSparkContext spark, NewRows rows, EnsembleModel model, StepChoice step) {
        Broadcast<float[]> shipped = spark.broadcast(model.parameters());
        Committee.Call call = new Committee.Call(shipped, model.members(), model.preparation(), model.width(), step);
        OutputTable table = OutputTable.of(model.preparation(), model.width());
        return of(rows, shipped, new ModelSource.Many(call), table);
    }

    private static Predictor of(NewRows rows, Broadcast<float[]> shipped, ModelSource source, OutputTable table) {
        JavaRDD<byte[]> lines = rows.blocks()
                .mapPartitions(new PredictBlocks(source, rows.firstRows(), rows.leavesOut(), table))
                .setName("predictions")
                .persist(StorageLevel.DISK_ONLY());
        Predictor predictor = new Predictor(shipped, lines, table, rows.rows());
        try {
            predictor.leftOut = lines.map(chunk -> ByteBuffer.wrap(chunk).getInt()).collect().stream()
                    .mapToLong(Integer::longValue)
                    .sum();
            return predictor;
        } catch (RuntimeException e) {
            predictor.close();
            throw e;
        }
    }

    /** Rows that were predicted. */
    public long rows() {
        return rows - leftOut;
    }

    /** Rows that were passed over because a value was missing. */
    public long leftOut() {
        return leftOut;
    }

    /** A header, then a line per row: its number in the input, from 1, and what the table says of it. */
    public void writeTo(OutputStream out) throws IOException {
        List<String> columns = new ArrayList<>(List.of("row"));
        columns.addAll(table.columns());
        out.write((CSVFormat.DEFAULT.format(columns.toArray()) + "\n").getBytes(StandardCharsets.UTF_8));
        Iterator<byte[]> chunks = lines.toLocalIterator();
        while (chunks.hasNext()) {
            byte[] chunk = chunks.next();
            out.write(chunk, Integer.BYTES, chunk.length - Integer.BYTES);
        }
    }

    /** Lets the cluster forget the predictions. */
    @Override
    public void close() {
        if (!lines.context().isStopped()) {
            lines.unpersist(true);
            parameters.destroy();
        }
    }
}
