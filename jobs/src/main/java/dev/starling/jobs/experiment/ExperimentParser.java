package dev.starling.jobs.experiment;

import dev.starling.driver.data.DataSpec;
import dev.starling.driver.selection.crossvalidation.CrossValidationSpec;
import dev.starling.driver.selection.search.SweepSpec;
import dev.starling.driver.selection.search.space.Space;
import dev.starling.jobs.experiment.tree.Range;
import dev.starling.jobs.experiment.tree.Reading;
import dev.starling.jobs.experiment.tree.Section;
import dev.starling.jobs.experiment.tree.Value;
import dev.starling.jobs.figure.FigureSpec;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.gang.TrainingSpec;
import dev.starling.worker.network.Heritage;
import dev.starling.worker.network.LabelSmoothing;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** From an experiment file to an {@link Experiment}. Pure: no file but the text is read, no environment but the one given. */
public final class ExperimentParser {
    private static final String NAME = "[A-Za-z0-9_-]+";

    private final ExperimentText source;
    private final Reading reading;

    private ExperimentParser(ExperimentText source) {
        this.source = source;
        this.reading = new Reading(source.environment());
    }

    /**
     * The whole experiment.
     *
     * @throws InvalidInput with every problem that can be found without looking at data, each with file and line, or the override
     */
    public static Experiment parse(ExperimentText source) {
        ExperimentParser parser = new ExperimentParser(source);
        Parts parts = parser.read(true, true);
        parser.reading.finish(path -> false);
        return parser.experiment(parts);
    }

    /**
     * The experiment of a stored run: of a model that came from elsewhere it has no data, which are then {@link DataSpec#ABSENT}.
     *
     * @throws InvalidInput as {@link #parse}
     */
    public static Experiment stored(ExperimentText source) {
        ExperimentParser parser = new ExperimentParser(source);
        Parts parts = parser.read(true, false);
        parser.reading.finish(path -> false);
        return parser.experiment(parts);
    }

    /**
     * The whole experiment, for its sweep.
     *
     * @throws InvalidInput as {@link #parse}, and if there is no sweep or a key of its space cannot be set
     */
    public static Experiment parseSweep(ExperimentText source) {
        ExperimentParser parser = new ExperimentParser(source);
        Parts parts = parser.read(true, true);
        if (!parser.reading.wasWritten("sweep")) {
            parser.reading.problemAt("sweep", "missing", "a section with a space, to sweep");
        }
        parser.reading.finish(path -> false);
        Experiment experiment = parser.experiment(parts);
        parser.probe(experiment.sweep().orElseThrow().space(), experiment.resolved());
        return experiment;
    }

    /**
     * One trial of a sweep: the experiment without its sweep.
     *
     * @param sweep as {@link Experiment#resolved} writes it
     * @param overrides of the trial's point
     * @throws InvalidInput if they do not go together
     */
    public static Experiment trial(ResolvedYaml sweep, List<String> overrides) {
        return trial(sweep, overrides, Origins.NONE);
    }

    /** The same of a network that begins from another. */
    public static Experiment trial(ResolvedYaml sweep, List<String> overrides, Origins origins) {
        ExperimentParser parser =
                new ExperimentParser(new ExperimentText("sweep", sweep.text(), "/", overrides, Map.of(), origins));
        Parts parts = parser.read(false, true);
        parser.reading.finish(path -> false);
        return parser.experiment(parts);
    }

    /** Tells which keys of the space cannot be set. */
    private void probe(Space space, ResolvedYaml resolved) {
        new SpaceProbe(overrides -> SpaceProbe.problemsOf(() -> trial(resolved, overrides, source.origins())))
                .hopeless(space.parameters())
                .forEach(h -> reading.problemAt("sweep.space." + h.path(), h.found(), h.expected()));
        reading.finish(path -> false);
    }

    /**
     * The network alone, if the file says its input: variables that only the data need may be unset.
     *
     * @throws InvalidInput as {@link #parse}
     */
    public static Optional<NetworkSpec> network(ExperimentText source) {
        ExperimentParser parser = new ExperimentParser(source);
        Parts parts = parser.read(true, true);
        if (parts.input.isEmpty()) {
            return Optional.empty();
        }
        parser.reading.finish(path -> path.startsWith("data."));
        return Optional.of(parser.experiment(parts).network(parts.input.get()));
    }

    /** The name of the experiment alone. */
    public static String name(ExperimentText source) {
        ExperimentParser parser = new ExperimentParser(source);
        return parser.name(parser.open());
    }

    /** The sweep of a stored experiment alone: neither what its network begins from nor its data need be there. Empty where there is none that can be read. */
    public static Optional<SweepSpec> sweep(ExperimentText source) {
        return new ExperimentParser(source)
                .open()
                .find("sweep")
                .flatMap(Value::section)
                .flatMap(SweepSection::read);
    }

    /** Every key that reading this file asks for, as {@link Reading#known}. */
    static Set<String> knownKeys(ExperimentText source) {
        ExperimentParser parser = new ExperimentParser(source);
        parser.read(true, true);
        return parser.reading.known();
    }

    /** What was read, where it may still be wrong. */
    private record Parts(
            String name,
            long seed,
            DataSpec data,
            Optional<Shape> input,
            NetworkSection.Layers layers,
            Optional<Loss> loss,
            LabelSmoothing smoothing,
            Heritage heritage,
            Optional<Inherited> inherited,
            List<String> metrics,
            ClusterSection cluster,
            TrainingSpec training,
            Optional<SweepSpec> sweep,
            Optional<CrossValidationSpec> crossValidation,
            List<FigureSpec> figures) {}

    private Experiment experiment(Parts p) {
        ResolvedYaml resolved = new ResolvedYaml(reading.resolvedText());
        return new Experiment(
                p.name,
                p.seed,
                p.data,
                p.input,
                p.layers.list(),
                p.layers.wiring(),
                p.loss.orElseThrow(),
                p.smoothing,
                p.heritage,
                p.inherited.map(Inherited::origin),
                source.origins(),
                p.training,
                p.metrics,
                p.cluster.replicas(),
                p.cluster.faults(),
                p.sweep,
                p.crossValidation,
                p.figures,
                resolved);
    }

    private Section open() {
        return reading.open(source.file(), source.text(), source.overrides(), LayerChoices.KINDS::firstKey);
    }

    private String name(Section top) {
        return top.find("name", source.defaultName())
                .text("letters, digits, - and _", text -> Optional.of(text).filter(t -> t.matches(NAME)))
                .orElse("");
    }

    /**
     * @param withSweep whether the sweep is read, too; else what it says does not matter
     * @param needsData whether data must be there
     */
    private Parts read(boolean withSweep, boolean needsData) {
        Section top = open();
        String name = name(top);
        long seed = top.whole("seed", 42, Range.ANY);
        Optional<Section> dataSection =
                Optional.of("data").filter(key -> needsData || top.has(key)).map(top::section);
        Section network = top.section("network");
        Optional<Inherited> inherited = Inherited.read(network, source.origins(), source.folder());
        DataSpec data = dataSection
                .map(section -> DataSection.read(section, reading, new Folder(source.folder()), inherited, seed))
                .orElse(DataSpec.ABSENT);
        Optional<Shape> input = NetworkSection.input(network, inherited);
        NetworkSection.Layers layers = NetworkSection.layers(network, inherited);
        Heritage heritage = inherited
                .map(i -> i.heritage(layers.frozen()))
                .orElseGet(() -> new Heritage(layers.frozen(), "", List.of()));
        Section training = top.section("training");
        List<Loss> losses = TrainingSection.losses(training);
        Optional<Loss> loss = losses.stream().findFirst();
        LabelSmoothing smoothing = TrainingSection.smoothing(training);
        List<String> metrics = TrainingSection.metrics(training);
        ClusterSection cluster = ClusterSection.read(top.section("cluster"));
        TrainingSpec spec = TrainingSection.spec(training, seed, cluster);
        Optional<SweepSpec> sweep = top.find("sweep")
                .filter(value -> withSweep)
                .flatMap(Value::section)
                .flatMap(SweepSection::read);
        loss.ifPresent(l -> new Consistency(reading, l, data.targetIsInput()).check(data, smoothing, metrics, spec));
        Optional<CrossValidationSpec> crossValidation =
                top.find("crossValidation").flatMap(Value::section).map(CrossValidationSection::read);
        sweep.ifPresent(s -> new SweepConsistency(reading, s).check(metrics, spec.epochs()));
        // Columns that folds are laid by are no features, in whatever command.
        DataSpec used = crossValidation
                .map(folds -> data.withAside(folds.folds().columns()))
                .orElse(data);
        List<FigureSpec> figures = ReportSection.figures(top.section("report"));
        return new Parts(
                name,
                seed,
                used,
                input,
                layers.with(losses),
                loss,
                smoothing,
                heritage,
                inherited,
                metrics,
                cluster,
                spec,
                sweep,
                crossValidation,
                figures);
    }
}
