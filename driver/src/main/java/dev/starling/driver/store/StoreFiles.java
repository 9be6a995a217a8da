package dev.starling.driver.store;

import dev.starling.worker.InvalidInput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * One folder of a Hadoop file system and what a store needs of it. A file appears under its name complete or not at all.
 *
 * <p>Thread-safe as far as the file system is; two writers of the same name leave one complete file.
 */
final class StoreFiles {
    private static final int BUFFER = 64 * 1024;

    private final FileSystem fileSystem;
    private final Path folder;

    private StoreFiles(FileSystem fileSystem, Path folder) {
        this.fileSystem = fileSystem;
        this.folder = folder;
    }

    /** @param folder absolute; without a scheme, or with {@code file}, the local disk */
    static StoreFiles at(URI folder, Configuration configuration) {
        // By its parts, because this constructor drops a slash at the end.
        Path path = new Path(folder.getScheme(), folder.getAuthority(), folder.getPath());
        try {
            return new StoreFiles(isLocal(folder) ? local(configuration) : path.getFileSystem(configuration), path);
        } catch (IOException | IllegalArgumentException e) {
            // An unknown scheme or a name node that does not answer: what the user gave cannot be used.
            throw new InvalidInput(
                    "Cannot open " + folder + ": " + reason(e) + " (expected a local path or a URI that Hadoop knows)");
        }
    }

    static boolean isLocal(URI location) {
        return location.getScheme() == null || "file".equals(location.getScheme());
    }

    /** Raw, because the checksummed one leaves a {@code .crc} beside every file. */
    private static FileSystem local(Configuration configuration) throws IOException {
        RawLocalFileSystem raw = new RawLocalFileSystem();
        raw.initialize(URI.create("file:///"), configuration);
        return raw;
    }

    boolean isLocal() {
        return isLocal(folder.toUri());
    }

    StoreFiles child(String name) {
        return new StoreFiles(fileSystem, new Path(folder, name));
    }

    String name() {
        return folder.getName();
    }

    /** The absolute path where local, else the URI. */
    String location() {
        return isLocal() ? folder.toUri().getPath() : folder.toUri().toString();
    }

    boolean exists() {
        return exists(folder);
    }

    boolean has(String name) {
        return exists(new Path(folder, name));
    }

    private boolean exists(Path path) {
        try {
            return fileSystem.exists(path);
        } catch (IOException e) {
            throw cannot("look at", path, e);
        }
    }

    /** Makes the folder and those above it; false where it was there before. */
    boolean make() throws IOException {
        if (fileSystem.exists(folder)) {
            return false;
        }
        if (!fileSystem.mkdirs(folder)) {
            throw new IOException("the file system made no folder");
        }
        return true;
    }

    /** Names of the folders inside, sorted; none if the folder does not exist. */
    List<String> folders() {
        if (!exists()) {
            return List.of();
        }
        try {
            List<String> names = new ArrayList<>();
            for (FileStatus status : fileSystem.listStatus(folder)) {
                if (status.isDirectory()) {
                    names.add(status.getPath().getName());
                }
            }
            names.sort(Comparator.naturalOrder());
            return names;
        } catch (IOException e) {
            throw cannot("list", folder, e);
        }
    }

    /** What fills a file. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    void write(String name, byte[] content) {
        write(name, out -> out.write(content));
    }

    /** Writes aside and renames, replacing a file of that name; after a failure nothing is left of it. */
    void write(String name, Content content) {
        Path target = new Path(folder, name);
        Path aside = new Path(folder, "." + name + ".tmp");
        try {
            try {
                try (FSDataOutputStream out = open(aside)) {
                    content.writeTo(out);
                }
                rename(aside, target);
            } catch (IOException | RuntimeException e) {
                deleteAfter(e, aside);
                throw e;
            }
        } catch (IOException e) {
            throw cannot("write", target, e);
        }
    }

    /** This one of the many {@code create}s sets no permissions of its own, which on a local disk would fork a process per file. */
    private FSDataOutputStream open(Path path) throws IOException {
        return fileSystem.create(
                path, true, BUFFER, fileSystem.getDefaultReplication(path), fileSystem.getDefaultBlockSize(path), null);
    }

    /** HDFS does not rename onto a file that exists, so that one goes first. */
    private void rename(Path from, Path to) throws IOException {
        if (fileSystem.exists(to) && !fileSystem.delete(to, false)) {
            throw new IOException("the file system did not replace it");
        }
        if (!fileSystem.rename(from, to)) {
            throw new IOException("the file system did not rename " + from.getName());
        }
    }

    /** The folder and all that is in it. */
    void delete() {
        try {
            fileSystem.delete(folder, true);
        } catch (IOException e) {
            throw cannot("delete", folder, e);
        }
    }

    private void deleteAfter(Exception failure, Path path) {
        try {
            fileSystem.delete(path, false);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    byte[] read(String name) {
        Path path = new Path(folder, name);
        try (FSDataInputStream in = fileSystem.open(path, BUFFER)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw cannot("read", path, e);
        }
    }

    /**
     * Finds out whether runs can be stored here, by storing and removing a file.
     *
     * @throws InvalidInput if not; the folders that had to be made for the trial are gone again in either case
     */
    void requireWritable(String probe) {
        List<Path> missing = new ArrayList<>();
        try {
            for (Path at = folder; at != null && !fileSystem.exists(at); at = at.getParent()) {
                missing.add(at);
            }
            make();
            Path file = new Path(folder, probe);
            open(file).close();
            fileSystem.delete(file, false);
            removeEmpty(missing);
        } catch (IOException e) {
            removeEmpty(missing);
            throw new InvalidInput("Cannot store runs in " + location() + ": " + reason(e)
                    + " (expected a folder that can be written)");
        }
    }

    /** Another job may have stored a run there meanwhile, and then the folder stays. */
    private void removeEmpty(List<Path> innermostFirst) {
        try {
            for (Path path : innermostFirst) {
                if (!fileSystem.exists(path)
                        || fileSystem.listStatus(path).length > 0
                        || !fileSystem.delete(path, false)) {
                    return;
                }
            }
        } catch (IOException e) {
            return; // A folder that cannot be removed is no reason to refuse the run, nor to hide why it was refused.
        }
    }

    private static UncheckedIOException cannot(String what, Path path, IOException cause) {
        String place = isLocal(path.toUri()) ? path.toUri().getPath() : path.toString();
        return new UncheckedIOException("Cannot " + what + " " + place + ": " + reason(cause), cause);
    }

    /** The first line; a remote file system's exceptions bring their whole stack trace in the message. */
    static String reason(Exception e) {
        String message = e.getMessage();
        return message == null || message.isBlank()
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse(message).strip();
    }
}
