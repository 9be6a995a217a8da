package dev.starling.driver.data;

import dev.starling.driver.LocalSpark;
import dev.starling.driver.data.DataSpec.HeldOut;
import dev.starling.driver.data.SourceSpec.Features;
import dev.starling.driver.data.SourceSpec.Missing;
import dev.starling.driver.data.SourceSpec.Policy;
import dev.starling.worker.data.RowChunk;
import dev.starling.worker.data.Scale;
import dev.starling.worker.data.Split;
import dev.starling.worker.network.Loss;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Specifications and files for the tests of this package. */
final class Sources {
    static final Missing NONE_MISSING = new Missing(List.of("?", ""), Policy.ERROR);

    private Sources() {}

    static SourceSpec.Csv csv(Path path, String target) {
        return csv(path, ",", false, List.of(target), new Features.All(), List.of(), NONE_MISSING);
    }

    static SourceSpec.Csv csv(
            Path path,
            String delimiter,
            boolean multiline,
            List<String> targets,
            Features features,
            List<String> categorical,
            Missing missing) {
        return new SourceSpec.Csv(
                path.toString(), true, delimiter, '"', multiline, targets, features, categorical, missing);
    }

    static SourceSpec.Csv headerless(Path path, String delimiter, String target) {
        return new SourceSpec.Csv(
                path.toString(),
                false,
                delimiter,
                '"',
                false,
                List.of(target),
                new Features.All(),
                List.of(),
                NONE_MISSING);
    }

    static DataSpec data(SourceSpec train) {
        return data(train, Optional.empty(), Optional.empty(), new Scale.None(), new Scale.None());
    }

    static DataSpec data(SourceSpec train, double test, double validation) {
        return data(
                train,
                Optional.of(new HeldOut.Fraction(test)),
                Optional.of(new HeldOut.Fraction(validation)),
                new Scale.None(),
                new Scale.None());
    }

    static DataSpec data(
            SourceSpec train, Optional<HeldOut> test, Optional<HeldOut> validation, Scale scale, Scale targetScale) {
        return new DataSpec(Optional.of("made by this test"), train, test, validation, scale, targetScale, false);
    }

    static PreparedData prepare(DataSpec spec, Loss loss) {
        return prepare(spec, loss, 2);
    }

    static PreparedData prepare(DataSpec spec, Loss loss, int slots) {
        return DataPipeline.prepare(LocalSpark.context(), slots, spec, loss, Optional.empty(), 42);
    }

    /** All rows of a split, in order. */
    static List<float[]> rows(PreparedData data, Split split) {
        List<float[]> rows = new ArrayList<>();
        for (RowChunk chunk : data.encoded(split).collect()) {
            for (int i = 0; i < chunk.rows(); i++) {
                rows.add(Arrays.copyOfRange(chunk.values(), i * chunk.width(), (i + 1) * chunk.width()));
            }
        }
        return rows;
    }

    static Path write(Path file, String text) {
        return write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    static Path write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.getParent());
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path gzip(Path file, byte[] bytes) {
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
