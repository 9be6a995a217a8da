package dev.starling.jobs.command;

import dev.starling.driver.files.StoreFiles;
import dev.starling.driver.keras.KerasFile;
import dev.starling.driver.store.RunDirectory;
import dev.starling.jobs.keras.KerasImport;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.data.Feature;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.Target;
import dev.starling.worker.network.NetworkLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A model of Keras, read, on its way to a run.
 *
 * @param file as the user named it
 * @param version of Keras that wrote it
 * @param time when the file was written
 * @param digest SHA-256 of the file, and of its weights where they lie beside it
 */
record KerasRun(String file, int version, Instant time, String digest, KerasImport model) {
    private static final String ARCHITECTURE = ".json";
    private static final String WEIGHTS = ".weights.h5";

    /** Whether a name is that of a file that Keras writes. */
    static boolean isOne(String file) {
        return file.matches("(?s).*\\.(keras|h5|hdf5|json)");
    }

    /**
     * Reads the files.
     *
     * @param weights a file of weights beside it; of an architecture alone the one of its name if there is none said
     * @param name of the experiment; the file's own if there is none said
     * @throws InvalidInput if they are no model, or one that Starling cannot say
     */
    static KerasRun read(
            String file,
            Optional<String> weights,
            Optional<String> name,
            Surroundings surroundings,
            Configuration hadoop) {
        byte[] content = bytes(file, surroundings, hadoop);
        Optional<String> beside = weights.or(() -> Optional.of(file)
                .filter(f -> f.endsWith(ARCHITECTURE))
                .map(f -> f.substring(0, f.length() - ARCHITECTURE.length()) + WEIGHTS)
                .filter(f -> length(f, surroundings, hadoop).isPresent()));
        Optional<byte[]> values = beside.map(place -> bytes(place, surroundings, hadoop));
        KerasFile read = KerasFile.open(content, file, values, beside.orElse(""));
        KerasImport model = KerasImport.of(read, name.orElseGet(() -> nameOf(file)), file);
        Instant time = time(file, surroundings, hadoop);
        return new KerasRun(file, read.model().version(), time, digest(content, values), model);
    }

    private static String nameOf(String file) {
        String last = file.substring(file.lastIndexOf('/') + 1).replaceFirst("\\.(keras|h5|hdf5|json)$", "");
        String plain = last.replaceAll("[^A-Za-z0-9_-]", "-");
        return plain.isEmpty() ? "keras" : plain;
    }

    private static String digest(byte[] content, Optional<byte[]> weights) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(content);
            weights.ifPresent(digest::update);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot compute SHA-256 on this JVM", e);
        }
    }

    private static Path path(String pathOrUri, Surroundings surroundings) {
        URI location = surroundings.locate(pathOrUri);
        return new Path(location.getScheme(), location.getAuthority(), location.getPath());
    }

    private static Optional<Long> length(String pathOrUri, Surroundings surroundings, Configuration hadoop) {
        Path path = path(pathOrUri, surroundings);
        return path.isRoot()
                ? Optional.empty()
                : Optional.ofNullable(StoreFiles.at(path.getParent().toUri(), hadoop)
                        .lengths()
                        .get(path.getName()));
    }

    private static byte[] bytes(String pathOrUri, Surroundings surroundings, Configuration hadoop) {
        long length = length(pathOrUri, surroundings, hadoop)
                .orElseThrow(() -> new InvalidInput(pathOrUri + ": no such file (expected a model that Keras stored)"));
        if (length > Integer.MAX_VALUE - 16) {
            throw new InvalidInput("Cannot read " + pathOrUri + ": " + length + " bytes (expected less than 2 GB)");
        }
        Path path = path(pathOrUri, surroundings);
        return StoreFiles.at(path.getParent().toUri(), hadoop).read(path.getName());
    }

    private static Instant time(String pathOrUri, Surroundings surroundings, Configuration hadoop) {
        try {
            Path path = path(pathOrUri, surroundings);
            return Instant.ofEpochMilli(
                    path.getFileSystem(hadoop).getFileStatus(path).getModificationTime());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + pathOrUri + ": " + e.getMessage(), e);
        }
    }

    String name() {
        return model.experiment().name();
    }

    /** Of a run of this very file. */
    String id() {
        return digest.substring(0, 6);
    }

    /** Makes it a finished run. */
    void write(RunDirectory run) {
        // A line of comment for whoever asks where the run comes from.
        String name = file.substring(file.lastIndexOf('/') + 1).replaceAll("\\p{Cntrl}", " ");
        String origin = "# Imported from " + name + " of Keras " + version + ", SHA-256 " + digest + ", by Starling "
                + BuildFacts.read().commit() + "\n";
        run.writeExperiment(origin + model.experiment().resolved().text());
        run.writeModel(model.network(), model.parameters(), preparation());
        run.commit();
    }

    /** Numbers go in as they are; classes are numbered, as nobody knows their names. */
    Preparation preparation() {
        List<Feature> features = new ArrayList<>();
        for (int i = 0; i < model.network().input().size(); i++) {
            features.add(new Feature.Numeric(String.valueOf(i), 0, 1, Double.NaN));
        }
        NetworkLayout layout = NetworkLayout.of(model.network());
        boolean classes = model.network().loss().isCrossEntropy();
        int outputs = classes ? layout.outputSizes().get(0) : layout.output().size();
        List<String> names = IntStream.range(0, classes ? Math.max(2, outputs) : outputs)
                .mapToObj(i -> classes ? String.valueOf(i) : "y" + i)
                .toList();
        Target target = classes
                ? new Target.Classes(names)
                : new Target.Values(names, Collections.nCopies(outputs, 0.0), Collections.nCopies(outputs, 1.0));
        return new Preparation(model.network().input(), features, target);
    }
}
