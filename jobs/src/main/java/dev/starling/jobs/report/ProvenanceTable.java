package dev.starling.jobs.report;

import dev.starling.driver.store.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Provenance as lines of a name and a value. */
final class ProvenanceTable {
    private ProvenanceTable() {}

    static List<List<String>> rows(Provenance origin) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("seed", Long.toString(origin.seed())));
        rows.add(List.of("data fingerprint", origin.data().fingerprint()));
        rows.add(List.of(
                "rows",
                origin.data().rows().entrySet().stream()
                        .map(entry -> entry.getKey().label() + " " + entry.getValue())
                        .collect(Collectors.joining(", "))));
        rows.add(List.of("commit", origin.build().commit()));
        origin.build().versions().forEach((name, version) -> rows.add(List.of(name, version)));
        rows.add(List.of("master", origin.cluster().master()));
        rows.add(List.of("replicas", Integer.toString(origin.cluster().replicas())));
        rows.add(List.of("slots", Integer.toString(origin.cluster().slots())));
        rows.add(List.of("start", origin.start().toString()));
        origin.outcome().ifPresent(outcome -> {
            rows.add(List.of("end", outcome.end().toString()));
            rows.add(List.of("threads of an operation", Integer.toString(outcome.threads())));
            rows.add(List.of("instruction set", outcome.isa()));
            rows.add(List.of("step", outcome.step()));
            if (!outcome.devices().isEmpty()) {
                rows.add(
                        List.of("devices", outcome.devices().stream().distinct().collect(Collectors.joining(", "))));
            }
            outcome.sha256().forEach((name, digest) -> rows.add(List.of("sha256 of " + name, digest)));
        });
        return rows;
    }
}
