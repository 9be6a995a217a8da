package dev.starling.jobs.experiment;

import dev.starling.worker.InvalidInput;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An experiment file and what surrounds it.
 *
 * @param file as the user named it: errors show it, and the experiment's name comes from it where the text has none
 * @param text YAML
 * @param folder where the file lies, absolute or a Hadoop URI: {@code data.directory} is relative to it
 * @param overrides {@code key=value}, the text behind {@code --set}
 * @param environment where {@code ${NAME}} comes from; {@code STARLING_DATA} is absolute, or a URI
 * @param origins where models are found that a network begins from
 */
public record ExperimentText(
        String file,
        String text,
        String folder,
        List<String> overrides,
        Map<String, String> environment,
        Origins origins) {
    private static final String DATA = "STARLING_DATA";

    public ExperimentText {
        overrides = List.copyOf(overrides);
        environment = Map.copyOf(environment);
    }

    /** A network that begins from nothing. */
    public ExperimentText(
            String file, String text, String folder, List<String> overrides, Map<String, String> environment) {
        this(file, text, folder, overrides, environment, Origins.NONE);
    }

    /** The same, whose network may begin from another. */
    public ExperimentText with(Origins others) {
        return new ExperimentText(file, text, folder, overrides, environment, others);
    }

    /**
     * Reads a file of the local disk.
     *
     * @param workingDirectory what {@code file} and a relative {@code STARLING_DATA} are relative to
     * @throws InvalidInput if it is not there, a folder, or not text
     */
    public static ExperimentText read(
            String file, List<String> overrides, Map<String, String> environment, Path workingDirectory) {
        Path path = workingDirectory.resolve(file).toAbsolutePath().normalize();
        if (!Files.exists(path)) {
            throw new InvalidInput(file + ": no such file (expected an experiment file)");
        }
        if (Files.isDirectory(path)) {
            throw new InvalidInput(file + ": a folder (expected an experiment file)");
        }
        Map<String, String> absolute = new HashMap<>(environment);
        Folder here = new Folder(workingDirectory.toAbsolutePath().normalize().toString());
        absolute.computeIfPresent(DATA, (name, value) -> value.isEmpty() ? value : here.resolve(value));
        String folder = path.getParent().toString();
        try {
            return new ExperimentText(file, Files.readString(path), folder, overrides, absolute);
        } catch (CharacterCodingException e) {
            throw new InvalidInput(file + ": bytes that are not UTF-8 (expected an experiment in YAML)");
        } catch (IOException e) {
            throw new InvalidInput(file + ": cannot be read: " + e.getMessage() + " (expected a readable file)");
        }
    }

    /** The file's name without its ending, in letters, digits, - and _. */
    String defaultName() {
        String last = file.substring(file.lastIndexOf('/') + 1).replaceFirst("\\.ya?ml$", "");
        String name = last.replaceAll("[^A-Za-z0-9_-]", "-");
        return name.isEmpty() ? "experiment" : name;
    }
}
