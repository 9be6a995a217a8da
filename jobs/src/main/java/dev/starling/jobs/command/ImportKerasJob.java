package dev.starling.jobs.command;

import dev.starling.driver.files.StoreFiles;
import dev.starling.driver.keras.KerasFile;
import dev.starling.driver.store.RunDirectory;
import dev.starling.driver.store.RunStore;
import dev.starling.jobs.keras.KerasImport;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.data.Feature;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.Target;
import dev.starling.worker.network.NetworkLayout;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** {@code import-keras}: Keras's files → network and parameters → a run without data. Starts no Spark. */
record ImportKerasJob(
        String file,
        Optional<String> weights,
        Optional<String> name,
        SharedOptions options,
        Surroundings surroundings) {
    private static final String NAME = "[A-Za-z0-9_-]+";

    int run() {
        name.filter(given -> !given.matches(NAME)).ifPresent(given -> {
            throw new InvalidInput("Cannot name a run " + given + " (expected letters, digits, - and _)");
        });
        NameNodes.requireReachable(surroundings.locate(file), surroundings.locate(options.runs()));
        Configuration hadoop = new Configuration();
        RunStore store = Runs.store(options, surroundings, hadoop);
        byte[] content = bytes(file, hadoop);
        KerasFile read = KerasFile.open(content, file, weights.map(place -> bytes(place, hadoop)), weights.orElse(""));
        KerasImport model = KerasImport.of(read, name.orElseGet(this::defaultName), file);
        String id = UUID.randomUUID().toString().substring(0, 6);
        store.requireWritable(id);
        RunDirectory run = store.create(model.experiment().name(), Instant.now(), id);
        run.writeExperiment(
                origin(read, content) + model.experiment().resolved().text());
        run.writeModel(model.network(), model.parameters(), plain(model));
        run.commit();
        model.notes().forEach(note -> surroundings.err().println("warning: " + file + ": " + note));
        surroundings.out().println(run.location());
        return ExitStatus.DONE;
    }

    /** A line of comment for whoever asks where the run comes from. */
    private String origin(KerasFile read, byte[] content) {
        try {
            String digest = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
            String name = file.substring(file.lastIndexOf('/') + 1).replaceAll("\\p{Cntrl}", " ");
            return "# Imported from " + name + " of Keras " + read.model().version() + ", SHA-256 " + digest
                    + ", by Starling " + BuildFacts.read().commit() + "\n";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot compute SHA-256 on this JVM", e);
        }
    }

    private String defaultName() {
        String last = file.substring(file.lastIndexOf('/') + 1).replaceFirst("\\.(keras|h5|hdf5|json)$", "");
        String plain = last.replaceAll("[^A-Za-z0-9_-]", "-");
        return plain.isEmpty() ? "keras" : plain;
    }

    private byte[] bytes(String pathOrUri, Configuration hadoop) {
        URI location = surroundings.locate(pathOrUri);
        Path path = new Path(location.getScheme(), location.getAuthority(), location.getPath());
        StoreFiles folder =
                path.isRoot() ? null : StoreFiles.at(path.getParent().toUri(), hadoop);
        Long length = folder == null ? null : folder.lengths().get(path.getName());
        if (length == null) {
            throw new InvalidInput(pathOrUri + ": no such file (expected a model that Keras stored)");
        }
        if (length > Integer.MAX_VALUE - 16) {
            throw new InvalidInput("Cannot read " + pathOrUri + ": " + length + " bytes (expected less than 2 GB)");
        }
        return folder.read(path.getName());
    }

    /** Numbers go in as they are; classes are numbered, as nobody knows their names. */
    private static Preparation plain(KerasImport model) {
        List<Feature> features = new ArrayList<>();
        for (int i = 0; i < model.network().input().size(); i++) {
            features.add(new Feature.Numeric(String.valueOf(i), 0, 1, Double.NaN));
        }
        int outputs = NetworkLayout.of(model.network()).output().size();
        boolean classes = model.network().loss().isCrossEntropy();
        List<String> names = IntStream.range(0, classes ? Math.max(2, outputs) : outputs)
                .mapToObj(i -> classes ? String.valueOf(i) : "y" + i)
                .toList();
        Target target = classes
                ? new Target.Classes(names)
                : new Target.Values(names, Collections.nCopies(outputs, 0.0), Collections.nCopies(outputs, 1.0));
        return new Preparation(model.network().input(), features, target);
    }
}
