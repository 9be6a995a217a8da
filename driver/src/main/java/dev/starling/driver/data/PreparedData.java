package dev.starling.driver.data;

import dev.starling.driver.data.Dealing.Part;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.RowChunk;
import dev.starling.worker.data.Split;
import dev.starling.worker.data.Target;
import dev.starling.worker.network.Shape;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;

/** Data that are read, split and ready to be encoded. Holds cached blocks on the cluster until it is closed. */
public final class PreparedData implements AutoCloseable {
    private final JavaRDD<ParsedBlock> blocks;
    private final Preparation preparation;
    private final RowRule rule;
    private final List<Part> added;
    private final SplitRows rows;
    private final long seed;
    private final String fingerprint;
    private final boolean owned;
    private final Optional<Through> through;
    private Optional<PreparedData> unlabelled = Optional.empty();
    private Optional<String> note = Optional.empty();

    /**
     * What becomes of encoded rows before they are used: an encoder's codes, which are then input and target.
     *
     * @param map over chunks, to chunks with the same rows
     */
    private record Through(Preparation preparation, FlatMapFunction<Iterator<RowChunk>, RowChunk> map) {}

    /** @param owned whether closing lets the cluster forget the blocks */
    PreparedData(
            JavaRDD<ParsedBlock> blocks,
            Preparation preparation,
            RowRule rule,
            SplitRows rows,
            long seed,
            String fingerprint,
            boolean owned) {
        this(blocks, preparation, rule, List.of(), rows, seed, fingerprint, owned, Optional.empty());
    }

    private PreparedData(
            JavaRDD<ParsedBlock> blocks,
            Preparation preparation,
            RowRule rule,
            List<Part> added,
            SplitRows rows,
            long seed,
            String fingerprint,
            boolean owned,
            Optional<Through> through) {
        this.added = List.copyOf(added);
        this.through = through;
        this.blocks = blocks;
        this.preparation = preparation;
        this.rule = rule;
        this.rows = rows;
        this.seed = seed;
        this.fingerprint = fingerprint;
        this.owned = owned;
    }

    public Preparation preparation() {
        return through.map(Through::preparation).orElse(preparation);
    }

    /**
     * The same rows as an encoder gives them, which are then flat, and their own target.
     *
     * @param width of a code
     * @param encode over chunks of rows: codes alone are left, in the same order
     * @return shares these rows: its closing does nothing, and this is closed after its last use
     */
    public PreparedData through(int width, FlatMapFunction<Iterator<RowChunk>, RowChunk> encode) {
        Preparation codes = Preparation.ofNumbers(new Shape.Flat(width), "code");
        return new PreparedData(
                blocks,
                preparation,
                rule,
                added,
                rows,
                seed,
                fingerprint,
                false,
                Optional.of(new Through(codes, encode)));
    }

    /** The same rows, of which only features are used: they are their own target. */
    public PreparedData asInputs() {
        Preparation inputs = preparation.withTarget(new Target.Input());
        return new PreparedData(blocks, inputs, rule, added, rows, seed, fingerprint, false, through);
    }

    /** The same rows but for those of training, which a rule chooses and gives their classes, with others that have none of their own. Takes these rows' place: their blocks are its own. */
    PreparedData labelled(RowRule labels, List<Part> others, long train, PreparedData inputs, String told) {
        SplitRows counts = new SplitRows(train, rows.validation(), rows.test());
        PreparedData labelled =
                new PreparedData(blocks, preparation, labels, others, counts, seed, fingerprint, owned, through);
        labelled.unlabelled = Optional.of(inputs);
        labelled.note = Optional.of(told);
        return labelled;
    }

    JavaRDD<ParsedBlock> blocks() {
        return blocks;
    }

    RowRule rule() {
        return rule;
    }

    private List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(blocks, preparation, rule, 0, preparation.width()));
        parts.addAll(added);
        return parts;
    }

    /** Examples without a target that came with these, prepared alike. */
    public Optional<PreparedData> unlabelled() {
        return unlabelled;
    }

    PreparedData with(Optional<PreparedData> others) {
        unlabelled = others;
        return this;
    }

    /** Rows of a split; 0 where there is none. */
    public long rows(Split split) {
        return rows.of(split);
    }

    public boolean has(Split split) {
        return rows(split) > 0;
    }

    /** What a user is to know of these data: a line of pseudo-labels, where there are some, and one for each column with categories that the training rows did not have. A pass over the blocks, where there are categories. */
    public List<String> warnings() {
        List<String> lines = new ArrayList<>(note.stream().toList());
        lines.addAll(UnknownCategories.warnings(blocks, preparation));
        return lines;
    }

    /** SHA-256 over the content in block order, as hexadecimal digits. */
    public String fingerprint() {
        return fingerprint;
    }

    /**
     * Training rows of a replica: n ÷ N, and one more for the first n mod N ranks.
     *
     * @param rank 0 … replicas − 1
     */
    public int trainRows(int rank, int replicas) {
        long train = rows.train();
        return Math.toIntExact(train / replicas + (rank < train % replicas ? 1 : 0));
    }

    /**
     * Deals encoded rows to replicas: exactly {@code replicas} partitions, of which number r holds all that rank r gets, in no particular order.
     * Training rows come with their slots, each of 0 … trainRows − 1 once; validation rows as whole blocks in row order, which go round the ranks. It takes a shuffle, so the
     * result can be the input of a barrier stage.
     */
    public JavaRDD<RowChunk> deal(int replicas) {
        return mapped(Dealing.deal(parts(), Math.toIntExact(rows.train()), replicas, seed));
    }

    /** Encoded rows of a split in order: a chunk, without slots, per block that has any; spread evenly over partitions, whose order is that of the blocks. */
    public JavaRDD<RowChunk> encoded(Split split) {
        return mapped(Dealing.encoded(parts(), split));
    }

    /** Rows of a split as they were read, a piece per block that has any; for what is made of them in the same stage. */
    public JavaRDD<BlockRows> rowsOf(Split split) {
        return Dealing.rows(blocks, rule, split);
    }

    private JavaRDD<RowChunk> mapped(JavaRDD<RowChunk> chunks) {
        return through.map(t -> chunks.mapPartitions(t.map())).orElse(chunks);
    }

    /** Lets the cluster forget the blocks, unless others use them too. */
    @Override
    public void close() {
        unlabelled.ifPresent(PreparedData::close);
        if (owned) {
            Layout.forget(blocks);
        }
    }
}
