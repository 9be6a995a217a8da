package dev.starling.driver.store;

import dev.starling.driver.files.StoreFiles;
import dev.starling.worker.data.Preparation;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A part of a run with a folder of its own: {@code folds/3}. Its metrics are written last: with them it is finished. */
public final class RunPart {
    private static final String PREDICTIONS = "predictions.csv";

    private static final String TEST_PREDICTIONS = "test-predictions.csv";

    private final StoreFiles files;

    RunPart(StoreFiles files) {
        this.files = files;
    }

    public void writeHistory(RunHistory history) {
        write(RunDirectory.HISTORY, HistoryCsv.write(history));
    }

    public void writePredictions(String csv) {
        write(PREDICTIONS, csv);
    }

    /** Of rows that the part is not scored on. */
    public void writeTestPredictions(String csv) {
        write(TEST_PREDICTIONS, csv);
    }

    public void writeMetrics(RunMetrics metrics) {
        write(RunDirectory.METRICS, MetricsJson.write(metrics));
    }

    /** A file that its writer knows, of text or of anything. */
    public void write(String name, byte[] content) {
        files.write(name, content);
    }

    /** The text of such a file; empty where there is none. */
    public Optional<String> read(String name) {
        return files.has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    /** The absolute path where local, else the URI. */
    public String location() {
        return files.location();
    }

    public boolean hasModel() {
        return files.has(RunDirectory.MODEL) && files.has(RunDirectory.PREPROCESSING);
    }

    /** Of its model. */
    public Preparation preparation() {
        return PreparationJson.parse(text(RunDirectory.PREPROCESSING), place(RunDirectory.PREPROCESSING));
    }

    /** Of its model, in DL4J's order. */
    public float[] parameters() {
        return ModelZip.parameters(files.read(RunDirectory.MODEL), place(RunDirectory.MODEL));
    }

    public boolean finished() {
        return files.has(RunDirectory.METRICS);
    }

    public RunMetrics metrics() {
        return MetricsJson.parse(text(RunDirectory.METRICS), place(RunDirectory.METRICS));
    }

    public Optional<RunHistory> history() {
        return files.has(RunDirectory.HISTORY)
                ? Optional.of(HistoryCsv.parse(text(RunDirectory.HISTORY), place(RunDirectory.HISTORY)))
                : Optional.empty();
    }

    /** Empty where it has none. */
    public Optional<String> predictions() {
        return read(PREDICTIONS);
    }

    /** Empty where it has none. */
    public Optional<String> testPredictions() {
        return read(TEST_PREDICTIONS);
    }

    public String place(String file) {
        return files.location() + "/" + file;
    }

    private void write(String name, String text) {
        files.write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private String text(String name) {
        return new String(files.read(name), StandardCharsets.UTF_8);
    }
}
