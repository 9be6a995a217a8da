package dev.starling.driver.data;

import dev.starling.worker.InvalidInput;
import dev.starling.worker.Problems;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.RawBlock;
import dev.starling.worker.data.Scale;
import dev.starling.worker.data.Split;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.Shape;
import dev.starling.worker.pseudolabels.PseudoLabelSpec;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Data that are read and checked, but not prepared: what folds and trials are cut from, each of which fits its own preparation. Rows are numbered in the order of the data, from 0: those of
 * the training source, then those of a validation and of a test source. Holds cached blocks on the cluster until it is closed.
 */
public final class RawData implements AutoCloseable {
    private final DataSpec spec;
    private final JavaRDD<ParsedBlock> blocks;
    private final RawFacts facts;
    private final SplitRule rule;
    private final SplitRows counts;
    private final long seed;
    private final String fingerprint;
    private Optional<Rows> rowsOfSplits = Optional.empty();
    private Optional<int[]> classes = Optional.empty();

    RawData(
            DataSpec spec,
            JavaRDD<ParsedBlock> blocks,
            RawFacts facts,
            SplitRule rule,
            SplitRows counts,
            long seed,
            String fingerprint) {
        this.spec = spec;
        this.blocks = blocks;
        this.facts = facts;
        this.rule = rule;
        this.counts = counts;
        this.seed = seed;
        this.fingerprint = fingerprint;
    }

    /**
     * Opens, reads and checks.
     *
     * @param seed of the experiment, for the splits
     * @return to be closed
     * @throws InvalidInput with everything that is wrong with the data
     */
    public static RawData open(JavaSparkContext spark, DataSpec spec, Loss loss, long seed) {
        return DataPipeline.raw(spark, spark.defaultParallelism(), spec, loss, seed);
    }

    /** The cached blocks, in no particular order. */
    public JavaRDD<ParsedBlock> blocks() {
        return blocks;
    }

    /** What a task makes of all blocks; safe to ship. */
    public Assembly assembly() {
        return new Assembly(facts);
    }

    /** Puts the blocks of one data set together, wherever they are. */
    public record Assembly(RawFacts facts) implements Serializable {
        /** @param parsed all of them, in any order */
        public RawRows of(List<ParsedBlock> parsed) {
            List<RawBlock> sorted = parsed.stream()
                    .map(ParsedBlock::block)
                    .sorted(Comparator.comparingInt(RawBlock::index))
                    .toList();
            if (sorted.size() + 1 != facts.firstRows().length) {
                throw new IllegalStateException("Cannot use " + sorted.size() + " blocks (expected all "
                        + (facts.firstRows().length - 1) + " of the data)");
            }
            return new RawRows(facts, sorted);
        }
    }

    /** What they were opened by. */
    public DataSpec spec() {
        return spec;
    }

    /** That of the splits. */
    public long seed() {
        return seed;
    }

    public int rows() {
        return facts.rows();
    }

    /** Names of the classes in order; empty where the target is not classes. */
    public List<String> classes() {
        return facts.classes().names();
    }

    /** SHA-256 over the content in block order, as hexadecimal digits. */
    public String fingerprint() {
        return fingerprint;
    }

    public long rows(Split split) {
        return counts.of(split);
    }

    public boolean has(Split split) {
        return rows(split) > 0;
    }

    /**
     * Numbers of the rows of each split, by the experiment's fractions or sources. Those for training stand in the order in which the only replica of a gang of one counts them, so that
     * whoever trains on them in that order trains as {@code train} does.
     */
    public synchronized Rows split() {
        if (rowsOfSplits.isEmpty()) {
            rowsOfSplits = Optional.of(
                    SplitPlaces.rows(blocks, facts.firstRows(), rule, Math.toIntExact(counts.train()), seed));
        }
        return rowsOfSplits.get();
    }

    /** Numbers of the rows of each split. Not copied: they must not change. */
    public record Rows(int[] train, int[] validation, int[] test) {}

    /** The class of each row, by number; only where the target is classes. Not copied: it must not change. */
    public synchronized int[] classOfRow() {
        if (classes.isEmpty()) {
            classes = Optional.of(findClasses());
        }
        return classes.get();
    }

    private int[] findClasses() {
        Values found = values(facts.schema().classColumn());
        int[] number = found.names().stream().mapToInt(classes()::indexOf).toArray();
        return Arrays.stream(found.codes()).map(code -> number[code]).toArray();
    }

    /**
     * What a column that stands aside holds.
     *
     * @param number of the column among those aside, in the order in which the source names them; in rows of other sources than the training one it holds nothing, −1
     */
    public Values aside(int number) {
        return values(facts.schema().firstAside() + number);
    }

    /**
     * The values of a text column.
     *
     * @param names different ones, in the order of their first appearance
     * @param codes per row, a number of {@code names}; −1 for none
     */
    public record Values(List<String> names, int[] codes) {
        public Values {
            names = List.copyOf(names);
        }
    }

    private Values values(int column) {
        return TextColumn.of(blocks, facts.firstRows(), column);
    }

    /**
     * Some of the rows, prepared for a gang: fitted on the training rows.
     *
     * @param rows no number twice
     * @param pseudoLabels how training rows without a label get one, or nothing
     * @param dealing seed by which they are dealt to replicas
     * @return shares these blocks: its closing does nothing, and this is closed after its last use
     * @throws InvalidInput if they cannot be fitted on
     */
    public PreparedData prepare(
            Rows rows,
            Scale scale,
            Scale targetScale,
            Optional<Shape> declared,
            Optional<PseudoLabelSpec> pseudoLabels,
            long dealing) {
        RowRule chosen = new ChosenRows(facts.firstRows(), rows.train(), rows.validation(), rows.test());
        Problems problems = new Problems();
        Optional<Preparation> preparation =
                facts.fit(Fitter.onCluster(blocks, facts.schema(), chosen), scale, targetScale, declared, problems);
        problems.throwIfAny();
        SplitRows sizes = new SplitRows(rows.train().length, rows.validation().length, rows.test().length);
        PreparedData data =
                new PreparedData(blocks, preparation.orElseThrow(), chosen, sizes, dealing, fingerprint, false);
        return pseudoLabels.map(labels -> Labelling.of(data, labels)).orElse(data);
    }

    /** Lets the cluster forget the blocks. */
    @Override
    public void close() {
        Layout.forget(blocks);
    }
}
