package dev.starling.driver.data;

import dev.starling.driver.data.DataSpec.HeldOut;
import dev.starling.driver.data.Schema.TargetKind;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.Problems;
import dev.starling.worker.data.Feature;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.Target;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.Shape;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * From a description of data to prepared data: open the sources → read fixed blocks in parallel, once → classes and counts → splits → preparation.
 * Everything that is wrong with the data is thrown as one {@link InvalidInput}.
 */
public final class DataPipeline {
    private final JavaSparkContext spark;
    private final DataSpec spec;
    private final Loss loss;
    private final long seed;
    private final int slots;
    private final Optional<Preparation> stored;

    private DataPipeline(JavaSparkContext spark, int slots, DataSpec spec, Loss loss, long seed) {
        this(spark, slots, spec, loss, seed, Optional.empty());
    }

    private DataPipeline(
            JavaSparkContext spark, int slots, DataSpec spec, Loss loss, long seed, Optional<Preparation> stored) {
        this.spark = spark;
        this.slots = slots;
        this.spec = spec;
        this.loss = loss;
        this.seed = seed;
        this.stored = stored;
    }

    /**
     * Data for training: classes, scaling and categories are fitted on training rows.
     *
     * @param declaredInput the network's input, which the features must fill; found from the data if empty
     * @param seed of the experiment
     * @return to be closed
     */
    public static PreparedData prepare(
            JavaSparkContext spark, DataSpec spec, Loss loss, Optional<Shape> declaredInput, long seed) {
        return prepare(spark, spark.defaultParallelism(), spec, loss, declaredInput, seed);
    }

    /** As for training, laid out for a number of task slots: which changes nothing but the partitions. */
    static PreparedData prepare(
            JavaSparkContext spark, int slots, DataSpec spec, Loss loss, Optional<Shape> declaredInput, long seed) {
        PreparedData data = new DataPipeline(spark, slots, spec, loss, seed).run((scan, blocks, problems) -> {
            Target.Classes classes = scan.classes(problems);
            return new Fit(classes.names(), (rule, found) -> RawFacts.of(scan, classes, spec.products())
                    .fit(
                            Fitter.onCluster(blocks, scan.dataset().schema(), rule),
                            spec.scale(),
                            spec.targetScale(),
                            declaredInput,
                            found));
        });
        return completed(spark, spec, seed, data);
    }

    /** Where there are examples without targets, with them: prepared as those that have one. And with pseudo-labels, if they are asked for. */
    private static PreparedData completed(JavaSparkContext spark, DataSpec spec, long seed, PreparedData data) {
        try {
            Preparation inputs = data.preparation().withTarget(new Target.Input());
            PreparedData all = data.with(
                    spec.unlabelledData().map(others -> prepare(spark, others, Loss.MEAN_SQUARED_ERROR, seed, inputs)));
            return spec.pseudoLabels().map(labels -> Labelling.of(all, labels)).orElse(all);
        } catch (RuntimeException e) {
            data.close();
            throw e;
        }
    }

    /** Data to cut folds and trials from: nothing is fitted but the classes' names. */
    static RawData raw(JavaSparkContext spark, int slots, DataSpec spec, Loss loss, long seed) {
        if (spec.pseudoLabels().isPresent() && spec.unlabelled().isPresent()) {
            throw new InvalidInput(
                    "Cannot use data.unlabelled beside data.pseudoLabels in folds and trials, which learn"
                            + " from rows of their own (expected data.pseudoLabels.labelled alone)");
        }
        DataPipeline pipeline = new DataPipeline(spark, slots, spec, loss, seed);
        return pipeline.opened((scan, blocks, problems) -> {
            Target.Classes classes = scan.classes(problems);
            SplitRule rule = pipeline.rule(scan, classes.names(), problems);
            SplitRows rows = SplitRows.of(scan, rule);
            return new RawData(
                    spec, blocks, RawFacts.of(scan, classes, spec.products()), rule, rows, seed, scan.fingerprint());
        });
    }

    /**
     * Data for a model that is there already: nothing is fitted, and classes that it does not know are invalid.
     *
     * @param stored what the model was trained with
     * @return to be closed
     */
    public static PreparedData prepare(
            JavaSparkContext spark, DataSpec spec, Loss loss, long seed, Preparation stored) {
        DataPipeline pipeline =
                new DataPipeline(spark, spark.defaultParallelism(), spec, loss, seed, Optional.of(stored));
        PreparedData data = pipeline.run((scan, blocks, problems) -> {
            Schema schema = scan.dataset().schema();
            boolean fills = stored.features().stream()
                    .noneMatch(feature -> feature instanceof Feature.Numeric n && Double.isNaN(n.mean()));
            if (!fills && scan.hasMissingNumbers()) {
                problems.add(
                        "Cannot use these data: values are missing (expected none, as the model was trained without missing.policy: mean)");
            }
            List<String> names = stored.target() instanceof Target.Classes classes ? classes.names() : List.of();
            if ((stored.target() instanceof Target.Classes) != (schema.kind() == TargetKind.CLASSES)) {
                problems.add(
                        "Cannot use these data: the model was trained for another kind of target (expected the same loss)");
            }
            return new Fit(names, (rule, found) -> Optional.of(stored));
        });
        return spec.pseudoLabels().isPresent() ? completed(spark, spec, seed, data) : data;
    }

    /**
     * Rows to look at: prepared as a model was trained and split as its data were, with the class of each as stored target where the sources tell it, though the model's target be the input.
     *
     * @param stored what the model was trained with
     * @return to be closed
     */
    public static PreparedData labelled(
            JavaSparkContext spark, DataSpec spec, Loss loss, long seed, Preparation stored) {
        if (!spec.targetIsInput() || !spec.tellsClasses()) {
            return prepare(spark, spec, loss, seed, stored);
        }
        DataPipeline pipeline = new DataPipeline(
                spark, spark.defaultParallelism(), spec.withOwnTarget(), Loss.CATEGORICAL_CROSSENTROPY, seed);
        return pipeline.opened((scan, blocks, problems) -> {
            List<String> names = scan.classNames(problems);
            problems.throwIfAny();
            // As without classes: what is not a target does not stratify.
            SplitRule rule =
                    SplitRule.of(scan, List.of(), fraction(spec.test()), fraction(spec.validation()), List.of(), seed);
            Preparation labelled = stored.withTarget(new Target.Classes(names));
            SplitRows rows = SplitRows.of(scan, rule);
            return new PreparedData(blocks, labelled, rule, rows, seed, scan.fingerprint(), true);
        });
    }

    /** What is to be fitted: class names are needed for the splits, the rest is fitted on their training rows. */
    private record Fit(List<String> classes, Later later) {}

    private interface Later {
        Optional<Preparation> fit(SplitRule rule, Problems problems);
    }

    private interface Plan {
        Fit plan(Scan scan, JavaRDD<ParsedBlock> blocks, Problems problems);
    }

    private PreparedData run(Plan plan) {
        return opened((scan, blocks, problems) -> prepared(scan, blocks, plan, problems));
    }

    private interface Use<T> {
        T of(Scan scan, JavaRDD<ParsedBlock> blocks, Problems problems);
    }

    /** Opens and scans; the blocks stay cached unless that or the use of them fails. */
    private <T> T opened(Use<T> use) {
        Problems problems = new Problems();
        FileListing listing = new FileListing(spark.hadoopConfiguration(), spec.description());
        Optional<Dataset> opened = Dataset.open(
                spec,
                loss,
                embedded(listing, problems),
                new CsvSource(spark, listing, problems),
                new IdxSource(spark.hadoopConfiguration(), listing, problems),
                problems);
        problems.throwIfAny();
        Dataset dataset = opened.orElseThrow();
        stored.ifPresent(preparation -> requireLike(preparation, dataset.schema(), problems));
        JavaRDD<ParsedBlock> blocks =
                Layout.read(spark, dataset, slots).persist(Layout.level(spark, dataset.blockBytes()));
        try {
            Scan scan = Scan.of(dataset, blocks);
            scan.addProblems(problems);
            problems.throwIfAny();
            return use.of(scan, blocks, problems);
        } catch (RuntimeException e) {
            Layout.forget(blocks);
            throw e;
        }
    }

    /** Classes with their points, the stored model's or the file's; none where classes are no points. */
    private Target.Classes embedded(FileListing listing, Problems problems) {
        if (stored.isEmpty()) {
            return EmbeddingFile.read(spec, loss, listing, spark.hadoopConfiguration(), problems);
        }
        boolean embedded = stored.get().target() instanceof Target.Classes known && known.isEmbedded();
        return embedded ? (Target.Classes) stored.get().target() : EmbeddingFile.NONE;
    }

    /** Before any row is read: rows of other columns would be told one by one, and hide the reason. */
    private static void requireLike(Preparation stored, Schema schema, Problems problems) {
        String mismatch = SchemaCheck.mismatch(SchemaCheck.of(stored, schema.kind()), schema);
        if (!mismatch.isEmpty()) {
            problems.add("Cannot use these data: " + mismatch + ", as the model was trained with)");
        }
        problems.throwIfAny();
    }

    private PreparedData prepared(Scan scan, JavaRDD<ParsedBlock> blocks, Plan plan, Problems problems) {
        Fit fit = plan.plan(scan, blocks, problems);
        SplitRule rule = rule(scan, fit.classes(), problems);
        Optional<Preparation> preparation = fit.later().fit(rule, problems);
        problems.throwIfAny();
        SplitRows rows = SplitRows.of(scan, rule);
        return new PreparedData(blocks, preparation.orElseThrow(), rule, rows, seed, scan.fingerprint(), true);
    }

    private SplitRule rule(Scan scan, List<String> classes, Problems problems) {
        if (problems.isEmpty() && scan.dataset().schema().kind() == TargetKind.CLASSES) {
            scan.checkClasses(new LinkedHashSet<>(classes), problems);
        }
        problems.throwIfAny();
        List<String> unseen = spec.classEmbeddings().map(EmbeddingSpec::unseen).orElse(List.of());
        SplitRule rule = SplitRule.of(scan, classes, fraction(spec.test()), fraction(spec.validation()), unseen, seed);
        SplitRows.of(scan, rule).check(spec, problems);
        problems.throwIfAny();
        return rule;
    }

    private static double fraction(Optional<HeldOut> heldOut) {
        return heldOut.orElse(null) instanceof HeldOut.Fraction fraction ? fraction.fraction() : 0;
    }
}
