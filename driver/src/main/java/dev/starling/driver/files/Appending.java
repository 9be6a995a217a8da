package dev.starling.driver.files;

import java.io.IOException;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;

/** The end of a file that is open for writing and can be read meanwhile. Not thread-safe. */
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
            throw FileTrouble.cannot("look at", files.path("."), e);
        }
    }

    /**
     * Writes a file anew and stays at its end. Never opens one that exists: in HDFS that fails where fewer data nodes live than the file is to have copies, and waits for the lease of a writer
     * that died.
     *
     * @param aside name until the content is written
     */
    static Appending to(StoreFiles files, String name, String aside, byte[] content) {
        Path path = files.path(name);
        try {
            Appending appending = new Appending(path, files.aside().open(files.path(aside)));
            try {
                appending.write(content);
                files.aside().rename(files.path(aside), path);
                return appending;
            } catch (IOException | RuntimeException e) {
                appending.close();
                throw e;
            }
        } catch (IOException e) {
            throw FileTrouble.cannot("write", path, e);
        }
    }

    /** When this returns, the end of this JVM cannot take the bytes away. */
    void write(byte[] bytes) {
        try {
            out.write(bytes);
            out.hflush();
        } catch (IOException e) {
            throw FileTrouble.cannot("write", path, e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw FileTrouble.cannot("close", path, e);
        }
    }
}
