package dev.starling.driver.store;

import dev.starling.driver.checkpoint.CheckpointPlace;
import dev.starling.driver.files.FileTrouble;
import dev.starling.driver.files.Journal;
import dev.starling.driver.files.StoreFiles;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.network.NetworkSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * A run as it is written. Each file is complete when it appears; {@link #commit} ends the run. A run that fails keeps what it has and is never
 * committed. Used by one thread.
 */
public final class RunDirectory {
    static final String EXPERIMENT = "experiment.yaml";
    static final String PROVENANCE = "provenance.json";
    static final String HISTORY = "history.csv";
    static final String METRICS = "metrics.json";
    static final String MODEL = "model.zip";
    static final String PREPROCESSING = "preprocessing.json";
    static final String REPORT = "report.html";
    static final String TRIALS = "trials.csv";
    static final String PREDICTIONS = "predictions.csv";
    static final String FOLDS = "folds";
    static final String FIGURES = "figures";
    static final String PNG = ".png";
    static final String AGAINST = "against.yaml";
    static final String ORIGIN = "from";
    static final String COMPARISON = "comparison.json";
    static final String SUCCESS = "_SUCCESS";

    private final StoreFiles files;

    RunDirectory(StoreFiles files) {
        this.files = files;
    }

    static RunDirectory make(StoreFiles files) {
        try {
            if (!files.make()) {
                throw new FileAlreadyExistsException(files.location());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot make run directory " + files.location() + ": " + FileTrouble.reason(e), e);
        }
        return new RunDirectory(files);
    }

    /** The absolute path where local, else the URI. */
    public String location() {
        return files.location();
    }

    /** Where the training state of the run is kept until it is finished. */
    public CheckpointPlace checkpoints(Configuration configuration) {
        return new CheckpointPlace(files.uri(), configuration);
    }

    /** What has been written so far, as a reader sees it. */
    public StoredRun stored() {
        return new StoredRun(files);
    }

    /** @param yaml resolved, with absolute paths */
    public void writeExperiment(String yaml) {
        files.write(EXPERIMENT, utf8(yaml));
    }

    /** Written at the start, and again with the outcome at the end. */
    public void writeProvenance(Provenance provenance) {
        files.write(PROVENANCE, utf8(ProvenanceJson.write(provenance)));
    }

    public void writeHistory(RunHistory history) {
        files.write(HISTORY, utf8(HistoryCsv.write(history)));
    }

    public void writeMetrics(RunMetrics metrics) {
        files.write(METRICS, utf8(MetricsJson.write(metrics)));
    }

    /**
     * The model, and its preparation in a file of its own and in the model's, which so is enough for inference.
     *
     * @param parameters in DL4J's order
     */
    public void writeModel(NetworkSpec network, float[] parameters, Preparation preparation) {
        byte[] preprocessing = utf8(PreparationJson.write(preparation));
        files.write(PREPROCESSING, preprocessing);
        files.write(MODEL, out -> ModelZip.write(network, parameters, PREPROCESSING, preprocessing, out));
    }

    /** What comes of something else than one training: text that its own package writes and reads. */
    public void writeMetrics(String json) {
        files.write(METRICS, utf8(json));
    }

    /** Keeps what this run's network begins with, so that it can be begun again and read whatever becomes of the other run. */
    public void keepOrigin(StoredRun origin) {
        copy(origin.files(), files.child(ORIGIN));
    }

    private static void copy(StoreFiles from, StoreFiles to) {
        for (String name : List.of(EXPERIMENT, PROVENANCE, METRICS, Journal.NAME, PREPROCESSING, MODEL)) {
            if (from.has(name)) {
                to.write(name, from.read(name));
            }
        }
        if (from.child(ORIGIN).exists()) {
            copy(from.child(ORIGIN), to.child(ORIGIN));
        }
    }

    /** Marks the run as a cross-validation, whatever comes of it. */
    public void beginFolds() {
        try {
            files.child(FOLDS).make();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make " + location() + "/" + FOLDS + ": " + FileTrouble.reason(e), e);
        }
    }

    /** Out-of-fold predictions, a line per row. */
    public void writePredictions(String csv) {
        files.write(PREDICTIONS, utf8(csv));
    }

    /** The resolved experiment that a cross-validation compares with. */
    public void writeAgainst(String yaml) {
        files.write(AGAINST, utf8(yaml));
    }

    public void writeComparison(String json) {
        files.write(COMPARISON, utf8(json));
    }

    /** For what others than this class write into the run. */
    public StoreFiles files() {
        return files;
    }

    /** The journal of what happened to the run; closed by the caller. */
    public Journal openJournal() {
        return Journal.open(files);
    }

    /** A table of a line per trial. */
    public void writeTrials(String csv) {
        files.write(TRIALS, utf8(csv));
    }

    /**
     * A picture.
     *
     * @param name of its file, without {@code .png}
     */
    public void writeFigure(String name, byte[] png) {
        files.child(FIGURES).write(name + PNG, png);
    }

    /** What a picture shows, as a table beside it. */
    public void writeFigureNumbers(String name, String csv) {
        files.child(FIGURES).write(name + ".csv", utf8(csv));
    }

    public void writeReport(String html) {
        files.write(REPORT, utf8(html));
    }

    /** The run is finished: written last, so that whoever sees it sees all the rest. */
    public void commit() {
        files.write(SUCCESS, new byte[0]);
    }

    /** Once the run is finished, its training state is of no use. */
    public void removeCheckpoints(Configuration configuration) {
        checkpoints(configuration).folder().delete();
    }

    /** Removes the run: a wrong input, found late, stores nothing. */
    public void discard() {
        files.delete();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
