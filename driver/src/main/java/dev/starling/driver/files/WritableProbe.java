package dev.starling.driver.files;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Stores and removes a file in a folder that need not exist, and leaves behind what was there before. */
record WritableProbe(FileSystem fileSystem, Path folder) {
    void run(String name) throws IOException {
        List<Path> missing = new ArrayList<>();
        try {
            for (Path at = folder; at != null && !fileSystem.exists(at); at = at.getParent()) {
                missing.add(at);
            }
            if (!missing.isEmpty() && !fileSystem.mkdirs(folder)) {
                throw new IOException("the file system made no folder");
            }
            Path file = new Path(folder, name);
            // Of the many creates the one that sets no permissions of its own, which on a local disk would fork a
            // process.
            fileSystem
                    .create(
                            file,
                            true,
                            4096,
                            fileSystem.getDefaultReplication(file),
                            fileSystem.getDefaultBlockSize(file),
                            null)
                    .close();
            fileSystem.delete(file, false);
        } finally {
            removeEmpty(missing);
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
}
