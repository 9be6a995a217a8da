package dev.starling.driver.store;

import dev.starling.driver.files.Journal;
import dev.starling.driver.files.StoreFiles;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.data.Preparation;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/** A run as it is read. Reads a file when it is asked for and keeps nothing; thread-safe. */
public final class StoredRun {
    private final StoreFiles files;

    StoredRun(StoreFiles files) {
        this.files = files;
    }

    /**
     * @param directory absolute; without a scheme on the local disk
     * @throws InvalidInput if there is no run
     */
    public static StoredRun at(URI directory, Configuration configuration) {
        StoreFiles files = StoreFiles.at(directory, configuration);
        if (!looksLikeOne(files)) {
            throw new InvalidInput("Cannot open run " + files.location() + ": "
                    + (files.exists() ? "it holds no " + RunDirectory.EXPERIMENT : "there is nothing")
                    + " (expected a run's directory)");
        }
        return new StoredRun(files);
    }

    /** Whether there is a run in that directory, finished or not. */
    public static boolean isAt(URI directory, Configuration configuration) {
        return looksLikeOne(StoreFiles.at(directory, configuration));
    }

    static boolean looksLikeOne(StoreFiles files) {
        return files.has(RunDirectory.EXPERIMENT);
    }

    /** The directory's own name. */
    public String name() {
        return files.name();
    }

    /** The absolute path where local, else the URI. */
    public String location() {
        return files.location();
    }

    public boolean isLocal() {
        return files.isLocal();
    }

    /** Whether it ended well and everything is there. */
    public boolean finished() {
        return files.has(RunDirectory.SUCCESS);
    }

    /** The run that its network began from, as it was then; empty if it began from nothing. */
    public Optional<StoredRun> origin() {
        return Optional.of(files.child(RunDirectory.ORIGIN))
                .filter(StoredRun::looksLikeOne)
                .map(StoredRun::new);
    }

    StoreFiles files() {
        return files;
    }

    /** Whether training got so far that there is a model, and with it a preparation. */
    public boolean hasModel() {
        return files.has(RunDirectory.MODEL) && files.has(RunDirectory.PREPROCESSING);
    }

    /**
     * To go on writing it.
     *
     * @throws InvalidInput if it is finished
     */
    public RunDirectory reopen() {
        if (finished()) {
            throw new InvalidInput("Cannot go on with run " + location()
                    + ": it is finished (expected an unfinished run; evaluate measures a finished one)");
        }
        return new RunDirectory(files);
    }

    /** To go on writing it, also if it is finished: then it is so no more. */
    public RunDirectory extend() {
        files.delete(RunDirectory.SUCCESS);
        return new RunDirectory(files);
    }

    /** The resolved experiment file. */
    public String experiment() {
        return text(RunDirectory.EXPERIMENT);
    }

    /** For messages: where {@link #experiment} was read. */
    public String experimentPlace() {
        return place(RunDirectory.EXPERIMENT);
    }

    /** Empty where the run ended, or was ended, before it began to train. */
    public Optional<Provenance> provenance() {
        return optional(RunDirectory.PROVENANCE, ProvenanceJson::parse);
    }

    public Optional<RunHistory> history() {
        return optional(RunDirectory.HISTORY, HistoryCsv::parse);
    }

    /** Empty, too, where the run is none of one training, and its metrics are of another form. */
    public Optional<RunMetrics> metrics() {
        return optional(RunDirectory.METRICS, MetricsJson::parse)
                .filter(metrics -> !metrics.splits().isEmpty());
    }

    /** Whether it is, or is to become, a cross-validation. */
    public boolean isCrossValidation() {
        return files.child(RunDirectory.FOLDS).exists();
    }

    /** {@code metrics.json} as it stands. */
    public Optional<String> metricsText() {
        return optional(RunDirectory.METRICS, (text, place) -> text);
    }

    /** The resolved experiment that a cross-validation compares with. */
    public Optional<String> against() {
        return optional(RunDirectory.AGAINST, (text, place) -> text);
    }

    public Optional<String> comparisonText() {
        return optional(RunDirectory.COMPARISON, (text, place) -> text);
    }

    /**
     * A part of the run, which need not be there yet.
     *
     * @param path relative to the run: {@code folds/3}
     */
    public RunPart part(String path) {
        StoreFiles at = files;
        for (String name : path.split("/", -1)) {
            at = at.child(name);
        }
        return new RunPart(at);
    }

    /** Lines of the journal; none where there is no journal. */
    public List<String> journal() {
        return Journal.read(files);
    }

    /** What becomes of a row before the model sees it. */
    public Preparation preparation() {
        return PreparationJson.parse(text(RunDirectory.PREPROCESSING), place(RunDirectory.PREPROCESSING));
    }

    /** The model's parameters in DL4J's order, bit for bit as they were trained. */
    public float[] parameters() {
        require(RunDirectory.MODEL);
        return ModelZip.parameters(files.read(RunDirectory.MODEL), place(RunDirectory.MODEL));
    }

    /** Pictures by their names, which {@link RunDirectory#writeFigure} gave them; none where none were asked for. */
    public SortedMap<String, byte[]> figures() {
        StoreFiles folder = files.child(RunDirectory.FIGURES);
        SortedMap<String, byte[]> figures = new TreeMap<>();
        for (String file : folder.lengths().keySet()) {
            if (file.endsWith(RunDirectory.PNG)) {
                figures.put(file.substring(0, file.length() - RunDirectory.PNG.length()), folder.read(file));
            }
        }
        return figures;
    }

    /** Makes the report again. */
    public void replaceReport(String html) {
        files.write(RunDirectory.REPORT, html.getBytes(StandardCharsets.UTF_8));
    }

    /** Where the report lies. */
    public String reportPlace() {
        return place(RunDirectory.REPORT);
    }

    private interface Parser<T> {
        T parse(String text, String place);
    }

    private <T> Optional<T> optional(String file, Parser<T> parser) {
        return files.has(file) ? Optional.of(parser.parse(text(file), place(file))) : Optional.empty();
    }

    private String text(String file) {
        require(file);
        return new String(files.read(file), StandardCharsets.UTF_8);
    }

    private void require(String file) {
        if (!files.has(file) && isCrossValidation()) {
            throw new InvalidInput(
                    "Cannot use run " + location() + ": it holds no " + file
                            + ", as it is a cross-validation (expected a run of train or sweep; evaluate and predict take models that it kept as one)");
        }
        if (!files.has(file)) {
            String expected = !finished()
                    ? "a finished run; resume goes on with this one"
                    : isCrossValidation()
                            ? "a run of one model, or a cross-validation that kept its models"
                            : "a finished run";
            throw new InvalidInput(
                    "Cannot use run " + location() + ": it holds no " + file + " (expected " + expected + ")");
        }
    }

    private String place(String file) {
        return location() + "/" + file;
    }
}
