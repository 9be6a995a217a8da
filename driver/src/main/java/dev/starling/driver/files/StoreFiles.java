package dev.starling.driver.files;

import dev.starling.worker.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * One folder of a Hadoop file system and what a store needs of it. A file appears under its name complete or not at all.
 *
 * <p>Thread-safe as far as the file system is; two writers of the same name leave one complete file.
 */
public final class StoreFiles {
    private static final int BUFFER = 64 * 1024;

    private final FileSystem fileSystem;
    private final Path folder;
    private final WriteAside aside;

    private StoreFiles(FileSystem fileSystem, Path folder) {
        this.fileSystem = fileSystem;
        this.folder = folder;
        this.aside = new WriteAside(fileSystem);
    }

    /** @param folder absolute; without a scheme, or with {@code file}, the local disk */
    public static StoreFiles at(URI folder, Configuration configuration) {
        // By its parts, because this constructor drops a slash at the end.
        Path path = new Path(folder.getScheme(), folder.getAuthority(), folder.getPath());
        try {
            return new StoreFiles(isLocal(folder) ? local(configuration) : path.getFileSystem(configuration), path);
        } catch (IOException | IllegalArgumentException e) {
            // An unknown scheme or a name node that does not answer: what the user gave cannot be used.
            throw new InvalidInput("Cannot open " + folder + ": " + FileTrouble.reason(e)
                    + " (expected a local path or a URI that Hadoop knows)");
        }
    }

    public static boolean isLocal(URI location) {
        return location.getScheme() == null || "file".equals(location.getScheme());
    }

    private static FileSystem local(Configuration configuration) throws IOException {
        LocalDisk disk = new LocalDisk();
        disk.initialize(URI.create("file:///"), configuration);
        return disk;
    }

    public boolean isLocal() {
        return isLocal(folder.toUri());
    }

    public StoreFiles child(String name) {
        return new StoreFiles(fileSystem, new Path(folder, name));
    }

    public String name() {
        return folder.getName();
    }

    /** The absolute path where local, else the URI. */
    public String location() {
        return isLocal() ? folder.toUri().getPath() : folder.toUri().toString();
    }

    /** Of the folder; without a scheme on the local disk. */
    public URI uri() {
        return folder.toUri();
    }

    public boolean exists() {
        return exists(folder);
    }

    public boolean has(String name) {
        return exists(new Path(folder, name));
    }

    private boolean exists(Path path) {
        try {
            return fileSystem.exists(path);
        } catch (IOException e) {
            throw FileTrouble.cannot("look at", path, e);
        }
    }

    /** Makes the folder and those above it; false where it was there before. */
    public boolean make() throws IOException {
        if (fileSystem.exists(folder)) {
            return false;
        }
        if (!fileSystem.mkdirs(folder)) {
            throw new IOException("the file system made no folder");
        }
        return true;
    }

    /** Names of the folders inside, sorted; none if the folder does not exist. */
    public List<String> folders() {
        return list().filter(FileStatus::isDirectory)
                .map(status -> status.getPath().getName())
                .sorted()
                .toList();
    }

    /** Lengths in bytes of the files inside by their names, but of those that are being written; none if the folder does not exist. */
    public SortedMap<String, Long> lengths() {
        SortedMap<String, Long> lengths = new TreeMap<>();
        list().filter(FileStatus::isFile)
                .filter(status -> !status.getPath().getName().startsWith("."))
                .forEach(status -> lengths.put(status.getPath().getName(), status.getLen()));
        return lengths;
    }

    private Stream<FileStatus> list() {
        try {
            return exists() ? Arrays.stream(fileSystem.listStatus(folder)) : Stream.empty();
        } catch (IOException e) {
            throw FileTrouble.cannot("list", folder, e);
        }
    }

    /** Gives the folder another name, at once for all who look; done already if it has it. */
    public void rename(String newName) {
        Path target = new Path(folder.getParent(), newName);
        try {
            if (!fileSystem.exists(folder) && fileSystem.exists(target)) {
                return;
            }
            if (!fileSystem.rename(folder, target)) {
                throw new IOException("the file system did not rename it");
            }
        } catch (IOException e) {
            throw FileTrouble.cannot("rename", folder, e);
        }
    }

    /** What fills a file. */
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    public void write(String name, byte[] content) {
        write(name, out -> out.write(content));
    }

    /** Writes aside and renames, replacing a file of that name; after a failure nothing is left of it. */
    public void write(String name, Content content) {
        write(name, content, false);
    }

    /** As {@link #write}, and on the disks (of HDFS's data nodes) before it appears, so that a machine that loses power does not lose it. */
    public void writeDurably(String name, Content content) {
        write(name, content, true);
    }

    private void write(String name, Content content, boolean durably) {
        Path target = new Path(folder, name);
        try {
            aside.write(target, content, durably);
        } catch (IOException e) {
            throw FileTrouble.cannot("write", target, e);
        }
    }

    /** The folder and all that is in it. */
    public void delete() {
        try {
            fileSystem.delete(folder, true);
        } catch (IOException e) {
            throw FileTrouble.cannot("delete", folder, e);
        }
    }

    /** One file; nothing happens if there is none. */
    public void delete(String name) {
        Path path = new Path(folder, name);
        try {
            fileSystem.delete(path, false);
        } catch (IOException e) {
            throw FileTrouble.cannot("delete", path, e);
        }
    }

    public byte[] read(String name) {
        try (InputStream in = open(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw FileTrouble.cannot("read", new Path(folder, name), e);
        }
    }

    /** @return closed by the caller */
    public InputStream open(String name) {
        Path path = new Path(folder, name);
        try {
            return fileSystem.open(path, BUFFER);
        } catch (IOException e) {
            throw FileTrouble.cannot("read", path, e);
        }
    }

    /**
     * Finds out whether runs can be stored here, by storing and removing a file.
     *
     * @throws InvalidInput if not; the folders that had to be made for the trial are gone again in either case
     */
    public void requireWritable(String probe) {
        try {
            new WritableProbe(fileSystem, folder).run(probe);
        } catch (IOException e) {
            throw new InvalidInput("Cannot store runs in " + location() + ": " + FileTrouble.reason(e)
                    + " (expected a folder that can be written)");
        }
    }

    WriteAside aside() {
        return aside;
    }

    /** For what only this package does with it. */
    FileSystem fileSystem() {
        return fileSystem;
    }

    Path path(String name) {
        return new Path(folder, name);
    }
}
