package dev.starling.driver.data;

import dev.starling.driver.data.Schema.TargetKind;
import dev.starling.worker.data.Scale;
import dev.starling.worker.network.Loss;
import dev.starling.worker.pseudolabels.PseudoLabelSpec;
import java.util.List;
import java.util.Optional;

/**
 * Where examples come from and how they are split and scaled.
 *
 * @param description the experiment's {@code data.source}: shown when data are missing
 * @param test a source of its own, or a fraction of train
 * @param validation a source of its own, or a fraction of what is left of train
 * @param targetScale for numeric targets
 * @param targetIsInput the network gives back its input; the sources' target, if any, is ignored
 * @param unlabelled more examples, of which only features count: for pre-training and pseudo-labels
 * @param products of numeric inputs after scaling, by their names, that become inputs, too; each of two factors at least
 * @param classEmbeddings the points that a network is asked for in the place of classes, whatever its loss
 * @param pseudoLabels how training examples without a label get one; else only those with one are learned from
 */
public record DataSpec(
        Optional<String> description,
        SourceSpec train,
        Optional<HeldOut> test,
        Optional<HeldOut> validation,
        Scale scale,
        Scale targetScale,
        boolean targetIsInput,
        Optional<SourceSpec> unlabelled,
        List<List<String>> products,
        Optional<EmbeddingSpec> classEmbeddings,
        Optional<PseudoLabelSpec> pseudoLabels) {
    /** Of a model that came without data: rows, if any come later, are numbers without a header. */
    public static final DataSpec ABSENT = new DataSpec(
            Optional.empty(),
            new SourceSpec.Csv(
                    "",
                    false,
                    ",",
                    '"',
                    false,
                    List.of(),
                    new SourceSpec.Features.All(),
                    List.of(),
                    new SourceSpec.Missing(List.of(""), SourceSpec.Policy.ERROR)),
            Optional.empty(),
            Optional.empty(),
            new Scale.None(),
            new Scale.None(),
            false);

    public DataSpec {
        products = products.stream().map(List::copyOf).toList();
    }

    /** Without examples beside those that have a target, without products, embeddings and pseudo-labels. */
    public DataSpec(
            Optional<String> description,
            SourceSpec train,
            Optional<HeldOut> test,
            Optional<HeldOut> validation,
            Scale scale,
            Scale targetScale,
            boolean targetIsInput) {
        this(
                description,
                train,
                test,
                validation,
                scale,
                targetScale,
                targetIsInput,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    public boolean isAbsent() {
        return equals(ABSENT);
    }

    /** The same with columns of its CSV sources that are no features, whatever {@code features} says of all. */
    public DataSpec withAside(List<String> columns) {
        return new DataSpec(
                description,
                aside(train, columns),
                test.map(held -> aside(held, columns)),
                validation.map(held -> aside(held, columns)),
                scale,
                targetScale,
                targetIsInput,
                unlabelled,
                products,
                classEmbeddings,
                pseudoLabels);
    }

    /** The same but for scales and pseudo-labels, which units find on their own rows. */
    public DataSpec fittedAs(DataSpec other) {
        return new DataSpec(
                description,
                train,
                test,
                validation,
                other.scale,
                other.targetScale,
                targetIsInput,
                unlabelled,
                products,
                classEmbeddings,
                other.pseudoLabels);
    }

    /** The same without a fraction of train that is set aside to watch a training. */
    public DataSpec withoutValidationFraction() {
        return new DataSpec(
                description,
                train,
                test,
                validation.filter(HeldOut.Source.class::isInstance),
                scale,
                targetScale,
                targetIsInput,
                unlabelled,
                products,
                classEmbeddings,
                pseudoLabels);
    }

    /** The examples without a target, as data of their own whose target is the input. */
    Optional<DataSpec> unlabelledData() {
        return unlabelled.map(source -> new DataSpec(
                description,
                source,
                Optional.empty(),
                Optional.empty(),
                scale,
                new Scale.None(),
                true,
                Optional.empty(),
                products,
                Optional.empty(),
                Optional.empty()));
    }

    private static SourceSpec aside(SourceSpec source, List<String> columns) {
        return source instanceof SourceSpec.Csv csv ? csv.withAside(columns) : source;
    }

    private static HeldOut aside(HeldOut held, List<String> columns) {
        return held instanceof HeldOut.Source source ? new HeldOut.Source(aside(source.source(), columns)) : held;
    }

    /** What the target columns become. */
    TargetKind kind(Loss loss, int targets) {
        boolean embedded = classEmbeddings.isPresent() && !targetIsInput;
        return embedded ? TargetKind.CLASSES : TargetKind.of(loss, targetIsInput, targets);
    }

    /** Whether every source tells a class beside its features, though the target be the input: labels, or one target column. */
    boolean tellsClasses() {
        return tellsClass(train)
                && test.stream().allMatch(DataSpec::tellsClass)
                && validation.stream().allMatch(DataSpec::tellsClass);
    }

    private static boolean tellsClass(HeldOut held) {
        return !(held instanceof HeldOut.Source source) || tellsClass(source.source());
    }

    private static boolean tellsClass(SourceSpec source) {
        return source instanceof SourceSpec.Csv csv
                ? csv.target().size() == 1
                : !((SourceSpec.Idx) source).labels().isEmpty();
    }

    /** The same with the sources' own targets. */
    DataSpec withOwnTarget() {
        return new DataSpec(description, train, test, validation, scale, targetScale, false);
    }

    public sealed interface HeldOut {
        /** @param fraction in (0, 1) */
        record Fraction(double fraction) implements HeldOut {}

        record Source(SourceSpec source) implements HeldOut {}
    }
}
