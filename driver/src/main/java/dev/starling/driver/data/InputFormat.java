package dev.starling.driver.data;

import dev.starling.driver.data.SourceSpec.Csv;
import dev.starling.driver.data.SourceSpec.Features;
import dev.starling.driver.data.SourceSpec.Idx;
import dev.starling.driver.data.SourceSpec.Missing;
import dev.starling.driver.data.SourceSpec.Policy;
import dev.starling.worker.data.Feature;
import dev.starling.worker.data.Preparation;
import java.util.List;
import java.util.Optional;

/**
 * How rows to predict are written: as the training source, but for what is said.
 *
 * @param idx whether IDX rather than CSV; as the training source if empty
 * @param header whether a CSV begins with the names of its columns; likewise
 * @param delimiter of a CSV; likewise
 */
public record InputFormat(Optional<Boolean> idx, Optional<Boolean> header, Optional<String> delimiter) {
    private static final Missing NO_MISSING = new Missing(List.of(""), Policy.ERROR);

    /**
     * The source that a path means.
     *
     * @param path absolute, or a URI
     * @param trained the training source
     */
    SourceSpec source(String path, SourceSpec trained, Preparation preparation) {
        if (idx.orElse(trained instanceof Idx)) {
            return new Idx(path, "");
        }
        boolean alike = trained instanceof Csv;
        Csv model = alike ? (Csv) trained : plain(path);
        List<String> names = preparation.features().stream().map(Feature::name).toList();
        List<String> categorical = preparation.features().stream()
                .filter(Feature.Categorical.class::isInstance)
                .map(Feature::name)
                .toList();
        return new Csv(
                path,
                header.orElse(model.header()),
                delimiter.orElse(model.delimiter()),
                model.quote(),
                model.multiline(),
                List.of(),
                new Features.Only(names),
                categorical,
                model.missing());
    }

    private static Csv plain(String path) {
        return new Csv(path, true, ",", '"', false, List.of(), new Features.All(), List.of(), NO_MISSING);
    }

    /** Columns that rows of the training source have, where that is known: all of it but with {@code features}. */
    static Optional<Integer> columns(SourceSpec trained, int features) {
        if (!(trained instanceof Csv csv) || csv.features() instanceof Features.Only) {
            return Optional.empty();
        }
        int dropped =
                csv.features() instanceof Features.Drop drop ? drop.columns().size() : 0;
        return Optional.of(features + csv.target().size() + dropped);
    }
}
