package dev.starling.jobs.command;

import dev.starling.driver.data.PreparedData;
import dev.starling.driver.data.RawData;
import dev.starling.driver.selection.crossvalidation.CrossValidationResult;
import dev.starling.driver.selection.pool.UnitResult;
import dev.starling.driver.store.Provenance;
import dev.starling.driver.store.Provenance.Build;
import dev.starling.driver.store.Provenance.Data;
import dev.starling.driver.store.Provenance.Outcome;
import dev.starling.driver.training.TrainedModel;
import dev.starling.worker.data.Split;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.apache.hadoop.util.VersionInfo;

/** Where a run comes from, gathered from the program, the cluster and the data. */
final class ProvenanceOf {
    private ProvenanceOf() {}

    static Provenance start(long seed, PreparedData data, Cluster cluster, int replicas, Instant start) {
        return start(seed, new Data(data.fingerprint(), rows(data::rows)), cluster, replicas, start);
    }

    /** Of folds and trials, which are cut from the same rows. */
    static Provenance start(long seed, RawData data, Cluster cluster, int replicas, Instant start) {
        return start(seed, new Data(data.fingerprint(), rows(data::rows)), cluster, replicas, start);
    }

    private static SortedMap<Split, Long> rows(ToLongFunction<Split> count) {
        SortedMap<Split, Long> rows = new TreeMap<>();
        for (Split split : Split.values()) {
            if (count.applyAsLong(split) > 0) {
                rows.put(split, count.applyAsLong(split));
            }
        }
        return rows;
    }

    private static Provenance start(long seed, Data data, Cluster cluster, int replicas, Instant start) {
        BuildFacts facts = BuildFacts.read();
        SortedMap<String, String> versions = new TreeMap<>(facts.versions());
        versions.put("java", Runtime.version().toString());
        versions.put("spark", cluster.context().version());
        versions.put("scala", scala.util.Properties.versionNumberString());
        versions.put("hadoop", VersionInfo.getVersion());
        return new Provenance(
                Provenance.FORMAT_VERSION,
                seed,
                data,
                new Build(facts.commit(), versions),
                new Provenance.Cluster(cluster.master(), replicas, cluster.slots()),
                start,
                List.of(),
                Optional.empty());
    }

    /** Of a training by one replica in a pool, whose state has been given up. */
    static Outcome end(UnitResult result) {
        return end(result.facts(), List.of(), new TreeMap<>());
    }

    static Outcome end(TrainedModel model) {
        SortedMap<String, String> sha256 = new TreeMap<>();
        sha256.put("parameters", model.parametersSha256());
        sha256.put("optimizerState", model.optimizerStateSha256());
        return end(model.facts(), model.devices(), sha256);
    }

    /** Without a final state; empty where no fold trained in this process. */
    static Optional<Outcome> end(CrossValidationResult result) {
        return result.facts().isEmpty()
                ? Optional.empty()
                : Optional.of(end(result.facts(), List.of(), new TreeMap<>()));
    }

    private static Outcome end(Map<String, String> facts, List<String> devices, SortedMap<String, String> sha256) {
        return new Outcome(
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                Integer.parseInt(facts.get("threads")),
                facts.get("isa"),
                facts.get("step"),
                devices,
                sha256);
    }
}
