package dev.starling.driver.data;

import dev.starling.driver.data.Dataset.Part;
import dev.starling.driver.data.Schema.Column;
import dev.starling.driver.data.Schema.TargetKind;
import dev.starling.driver.data.SourceSpec.Csv;
import dev.starling.driver.data.SourceSpec.Idx;
import dev.starling.driver.data.SourceSpec.Policy;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.Problems;
import dev.starling.worker.data.Feature;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.RawBlock;
import dev.starling.worker.data.Split;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** Rows without a target, read for a model that is there already. Holds cached blocks on the cluster until it is closed. */
public final class NewRows implements AutoCloseable {
    /** Bytes that a number takes as text, about. */
    private static final long TEXT_OF_VALUE = 12;

    private final JavaRDD<ParsedBlock> blocks;
    private final Preparation preparation;
    private final boolean leavesOut;
    private final long[] firstRows;

    private NewRows(JavaRDD<ParsedBlock> blocks, Preparation preparation, boolean leavesOut, long[] firstRows) {
        this.blocks = blocks;
        this.preparation = preparation;
        this.leavesOut = leavesOut;
        this.firstRows = firstRows;
    }

    /**
     * Opens, reads and checks.
     *
     * @param path a local path, or a URI that Hadoop knows; a folder or a glob, too
     * @param trained the training source: what the path's format is as, and how it treats missing values
     * @param preparation the model's; its columns are found by name, or where they are numbered by place
     * @param width values of a row that the model gives, so that what one task makes of its rows stays small
     * @return to be closed
     * @throws InvalidInput with everything that is wrong with the rows
     */
    public static NewRows open(
            JavaSparkContext spark,
            String path,
            InputFormat format,
            SourceSpec trained,
            Preparation preparation,
            int width) {
        Problems problems = new Problems();
        SourceSpec source = format.source(path, trained, preparation);
        boolean leavesOut = source instanceof Csv csv && csv.missing().policy() == Policy.DROP;
        FileListing listing = new FileListing(spark.hadoopConfiguration(), Optional.empty());
        Optional<? extends SourcePlan> plan;
        if (source instanceof Csv csv) {
            Optional<Csv> placed = new InputColumns(preparation, trained, listing, problems).place(csv, spark);
            plan = placed.flatMap(found -> new CsvSource(spark, listing, problems).open(found, TargetKind.INPUT));
        } else {
            plan = new IdxSource(spark.hadoopConfiguration(), listing, problems).open((Idx) source, TargetKind.INPUT);
        }
        plan.ifPresent(opened -> requireLike(path, preparation, opened.schema(), problems));
        problems.throwIfAny();
        Dataset dataset = new Dataset(List.of(new Part(Split.TEST, plan.orElseThrow(), 0)));
        return read(spark, dataset, preparation, leavesOut, width);
    }

    private static void requireLike(String path, Preparation preparation, Schema found, Problems problems) {
        List<Column> columns = preparation.features().stream()
                .map(feature -> new Column(feature.name(), feature instanceof Feature.Categorical))
                .toList();
        String mismatch = SchemaCheck.mismatch(new Schema(columns, List.of(), TargetKind.INPUT), found);
        if (!mismatch.isEmpty()) {
            problems.add("Cannot predict " + path + ": " + mismatch + ", as the model was trained with)");
        }
    }

    private static NewRows read(
            JavaSparkContext spark, Dataset dataset, Preparation preparation, boolean leavesOut, int width) {
        long bytesOfRow = Math.max(1, dataset.blockBytes() / Math.max(1, dataset.blocks()) / RawBlock.ROWS);
        long wider = Math.max(1, TEXT_OF_VALUE * width / bytesOfRow);
        int parts = (int) Math.min(Integer.MAX_VALUE, spark.defaultParallelism() * wider);
        JavaRDD<ParsedBlock> blocks =
                Layout.read(spark, dataset, parts).persist(Layout.level(spark, dataset.blockBytes()));
        try {
            Scan scan = Scan.of(dataset, blocks);
            Problems problems = new Problems();
            scan.addProblems(problems);
            boolean fills = preparation.features().stream()
                    .noneMatch(feature -> feature instanceof Feature.Numeric n && Double.isNaN(n.mean()));
            if (!fills && !leavesOut && scan.hasMissingNumbers()) {
                problems.add("Cannot predict these rows: values are missing (expected none, as the model was trained"
                        + " without missing.policy: mean)");
            }
            problems.throwIfAny();
            return new NewRows(blocks, preparation, leavesOut, firstRows(scan));
        } catch (RuntimeException e) {
            Layout.forget(blocks);
            throw e;
        }
    }

    private static long[] firstRows(Scan scan) {
        long[] first = new long[scan.facts().size() + 1];
        for (int block = 0; block + 1 < first.length; block++) {
            first[block + 1] = first[block] + scan.facts().get(block).rows();
        }
        return first;
    }

    /** In the order of the rows, partition by partition. */
    public JavaRDD<ParsedBlock> blocks() {
        return blocks;
    }

    /** Per block, the number of its first row, from 0; then how many rows there are. */
    public long[] firstRows() {
        return firstRows.clone();
    }

    public long rows() {
        return firstRows[firstRows.length - 1];
    }

    /** Whether rows with a missing value are to be passed over, as training passed over them. */
    public boolean leavesOut() {
        return leavesOut;
    }

    /** A line for each column with categories that the model does not know. */
    public List<String> warnings() {
        return UnknownCategories.warnings(blocks, preparation);
    }

    /** Lets the cluster forget the blocks. */
    @Override
    public void close() {
        Layout.forget(blocks);
    }
}
