package dev.starling.driver.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;

/** The end of a file that exists, where more is written. Not thread-safe. */
final class Appending implements AutoCloseable {
    private final Path path;
    private final FSDataOutputStream out;

    private Appending(Path path, FSDataOutputStream out) {
        this.path = path;
        this.out = out;
    }

    static boolean isPossible(StoreFiles files) {
        try {
            return files.fileSystem().hasPathCapability(files.path("."), CommonPathCapabilities.FS_APPEND);
        } catch (IOException e) {
            throw cannot("look at", files.path("."), e);
        }
    }

    /** @param name of a file that exists */
    static Appending to(StoreFiles files, String name) {
        Path path = files.path(name);
        try {
            return new Appending(path, files.fileSystem().append(path));
        } catch (IOException e) {
            throw cannot("append to", path, e);
        }
    }

    /** When this returns, the end of this JVM cannot take the bytes away. */
    void write(byte[] bytes) {
        try {
            out.write(bytes);
            out.hflush();
        } catch (IOException e) {
            throw cannot("write", path, e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw cannot("close", path, e);
        }
    }

    private static UncheckedIOException cannot(String what, Path path, IOException cause) {
        return new UncheckedIOException("Cannot " + what + " " + path + ": " + StoreFiles.reason(cause), cause);
    }
}
