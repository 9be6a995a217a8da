package dev.starling.driver.data;

import dev.starling.driver.data.Schema.Column;
import dev.starling.driver.data.Schema.TargetKind;
import dev.starling.worker.Problems;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Opens IDX sources: reads the headers and compares them. */
final class IdxSource {
    private final Configuration configuration;
    private final FileListing listing;
    private final Problems problems;

    IdxSource(Configuration configuration, FileListing listing, Problems problems) {
        this.configuration = configuration;
        this.listing = listing;
        this.problems = problems;
    }

    /** The opened source; empty, and problems added, where that cannot be. */
    Optional<IdxPlan> open(SourceSpec.Idx spec, TargetKind kind) {
        Optional<IdxFile> features = file(spec.features());
        if (kind == TargetKind.INPUT) {
            return features.map(file -> new IdxPlan(file, List.of(), schema(file, kind)));
        }
        Optional<IdxFile> labels = file(spec.labels());
        if (features.isEmpty() || labels.isEmpty()) {
            return Optional.empty();
        }
        if (!labels.get().shape().isEmpty()) {
            problems.add("Cannot read " + spec.labels() + ": its items have sizes "
                    + labels.get().shape() + " (expected labels, one number each)");
            return Optional.empty();
        }
        int items = features.get().items();
        if (items != labels.get().items()) {
            problems.add("Cannot read " + spec.features() + ": it holds " + items + " items and " + spec.labels() + " "
                    + labels.get().items() + " labels (expected as many)");
            return Optional.empty();
        }
        return Optional.of(new IdxPlan(features.get(), List.of(labels.get()), schema(features.get(), kind)));
    }

    private Optional<IdxFile> file(String path) {
        List<DataFile> found = listing.list(path, problems);
        if (found.size() > 1) {
            problems.add("Cannot read " + path + ": it names " + found.size() + " files (expected one IDX file)");
        }
        if (found.size() != 1) {
            return Optional.empty();
        }
        DataFile file = found.get(0);
        try {
            IdxFile opened = IdxFile.open(file, configuration);
            return isWhole(opened) ? Optional.of(opened) : Optional.empty();
        } catch (IOException e) {
            problems.add("Cannot read " + file.name() + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    /** What is not compressed shows at once whether all is there. */
    private boolean isWhole(IdxFile opened) {
        long bytes = opened.file().length() - opened.headerBytes();
        long expected = (long) opened.items() * opened.itemBytes();
        if (opened.file().compressed() || bytes == expected) {
            return true;
        }
        if (bytes < expected) {
            problems.add("Cannot read " + opened.file().name() + ": it is truncated, it holds "
                    + Math.max(0, bytes / opened.itemBytes()) + " of " + opened.items() + " items (expected all)");
        } else {
            problems.add("Cannot read " + opened.file().name() + ": " + (bytes - expected) + " bytes follow its "
                    + opened.items() + " items (expected none)");
        }
        return false;
    }

    private static Schema schema(IdxFile features, TargetKind kind) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < features.itemBytes(); i++) {
            columns.add(new Column(String.valueOf(i), false));
        }
        return new Schema(columns, kind == TargetKind.INPUT ? List.of() : List.of("label"), kind);
    }
}
