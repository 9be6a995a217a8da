package dev.starling.driver.dl4j;

import dev.starling.worker.dl4j.FitOutcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.SparkContext;
import org.deeplearning4j.spark.api.stats.SparkTrainingStats;
import org.deeplearning4j.spark.stats.BaseEventStats;
import org.deeplearning4j.spark.stats.EventStats;
import org.deeplearning4j.spark.util.SparkUtils;

/**
 * Where the time of fits went, in DL4J Spark's form: for each key one event per replica and fit, its start by the executor's own clock (no time server is asked), its duration summed
 * over the fit. Not thread-safe.
 */
final class FitStats implements SparkTrainingStats {
    private static final long serialVersionUID = 1;
    private static final double NANOS_PER_MILLI = 1e6;

    private static final Map<String, String> NAMES = new LinkedHashMap<>();

    static {
        NAMES.put("StarlingLoadingTimesMs", "Loading");
        NAMES.put("StarlingTrainingTimesMs", "Training");
        NAMES.put("StarlingAveragingTimesMs", "Averaging");
        NAMES.put("StarlingWaitingTimesMs", "Waiting");
    }

    private final Map<String, List<EventStats>> events = new LinkedHashMap<>();

    FitStats() {
        NAMES.keySet().forEach(key -> events.put(key, new ArrayList<>()));
    }

    void add(FitResult.Done done) {
        FitOutcome outcome = done.outcome();
        add("StarlingLoadingTimesMs", done, outcome.loadingNanos());
        add("StarlingTrainingTimesMs", done, outcome.trainingNanos());
        add("StarlingAveragingTimesMs", done, outcome.averagingNanos());
        add("StarlingWaitingTimesMs", done, outcome.waitingNanos());
    }

    private void add(String key, FitResult.Done done, long nanos) {
        FitResult.Where where = done.where();
        events.get(key)
                .add(new BaseEventStats(
                        where.host(),
                        where.executor(),
                        where.thread(),
                        done.outcome().begunMillis(),
                        Math.round(nanos / NANOS_PER_MILLI)));
    }

    /** What was collected so far. */
    FitStats copy() {
        FitStats copy = new FitStats();
        copy.addOtherTrainingStats(this);
        return copy;
    }

    @Override
    public Set<String> getKeySet() {
        return NAMES.keySet();
    }

    @Override
    public List<EventStats> getValue(String key) {
        return List.copyOf(events.get(known(key)));
    }

    private static String known(String key) {
        if (!NAMES.containsKey(key)) {
            throw new IllegalArgumentException(
                    "Cannot find training statistics " + key + " (expected one of " + NAMES.keySet() + ")");
        }
        return key;
    }

    @Override
    public String getShortNameForKey(String key) {
        return NAMES.get(known(key));
    }

    @Override
    public boolean defaultIncludeInPlots(String key) {
        return !known(key).equals("StarlingWaitingTimesMs");
    }

    @Override
    public void addOtherTrainingStats(SparkTrainingStats other) {
        for (String key : NAMES.keySet()) {
            events.get(key).addAll(other.getValue(key));
        }
    }

    /** @return null: there are none */
    @Override
    public SparkTrainingStats getNestedTrainingStats() {
        return null;
    }

    @Override
    public String statsAsString() {
        return events.entrySet().stream()
                .map(entry -> String.format(DEFAULT_PRINT_FORMAT, entry.getKey())
                        + entry.getValue().stream()
                                .map(event -> Long.toString(event.getDurationMs()))
                                .collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** One file of comma-separated values per key. */
    @Override
    public void exportStatFiles(String outputPath, SparkContext sc) throws IOException {
        String folder = outputPath.endsWith("/") ? outputPath : outputPath + "/";
        for (Map.Entry<String, List<EventStats>> entry : events.entrySet()) {
            StringBuilder text = new StringBuilder("machineId,jvmId,threadId,startTime,durationMs\n");
            entry.getValue().forEach(event -> text.append(event.asString(",")).append('\n'));
            SparkUtils.writeStringToFile(folder + entry.getKey() + ".csv", text.toString(), sc);
        }
    }
}
