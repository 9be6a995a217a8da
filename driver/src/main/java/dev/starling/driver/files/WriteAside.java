package dev.starling.driver.files;

import dev.starling.driver.files.StoreFiles.Content;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.hdfs.DistributedFileSystem;

/** How a file comes to its name complete or not at all: written under another name beside it, then renamed. */
final class WriteAside {
    private static final int BUFFER = 64 * 1024;

    private final FileSystem fileSystem;

    WriteAside(FileSystem fileSystem) {
        this.fileSystem = fileSystem;
    }

    /**
     * Replaces a file of that name; after a failure nothing is left of what was written.
     *
     * @param durably whether the content is on the disks (of HDFS's data nodes) before it appears
     */
    void write(Path target, Content content, boolean durably) throws IOException {
        Path aside = new Path(target.getParent(), "." + target.getName() + ".tmp");
        try {
            try (FSDataOutputStream out = open(aside)) {
                content.writeTo(out);
                if (durably) {
                    out.hsync();
                }
            }
            rename(aside, target);
        } catch (FSError e) { // So Hadoop's local file system calls a full disk.
            IOException full = new IOException(String.valueOf(e.getCause().getMessage()), e);
            deleteAfter(full, aside);
            throw full;
        } catch (IOException | RuntimeException e) {
            deleteAfter(e, aside);
            throw e;
        }
    }

    FSDataOutputStream open(Path path) throws IOException {
        return fileSystem.create(
                path, true, BUFFER, fileSystem.getDefaultReplication(path), fileSystem.getDefaultBlockSize(path), null);
    }

    /** Onto a file that exists too: at once on local disks and HDFS, so that whoever is killed meanwhile leaves the old one or the new one; elsewhere the old one goes first. */
    void rename(Path from, Path to) throws IOException {
        if (fileSystem instanceof DistributedFileSystem hdfs) {
            hdfs.rename(from, to, Options.Rename.OVERWRITE);
            return;
        }
        boolean replacesAtOnce = fileSystem instanceof RawLocalFileSystem;
        if (!replacesAtOnce && fileSystem.exists(to) && !fileSystem.delete(to, false)) {
            throw new IOException("the file system did not replace it");
        }
        if (!fileSystem.rename(from, to)) {
            throw new IOException("the file system did not rename " + from.getName());
        }
    }

    private void deleteAfter(Exception failure, Path path) {
        try {
            fileSystem.delete(path, false);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
