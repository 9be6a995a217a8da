package dev.starling.driver.files;

import dev.starling.worker.InvalidInput;
import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A file that a user asks for: it must not be there yet, and appears complete or not at all. */
public final class NewFile {
    private final StoreFiles folder;
    private final String name;

    private NewFile(StoreFiles folder, String name) {
        this.folder = folder;
        this.name = name;
    }

    /**
     * @param place absolute; without a scheme, or with {@code file}, the local disk
     * @throws InvalidInput if there is something already, or the file cannot be written there
     */
    public static NewFile at(URI place, Configuration configuration) {
        Path path = new Path(place.getScheme(), place.getAuthority(), place.getPath());
        if (path.isRoot() || path.getParent() == null) {
            throw new InvalidInput(
                    "Cannot write " + place + ": it is a folder (expected a file that is not there yet)");
        }
        NewFile file = new NewFile(StoreFiles.at(path.getParent().toUri(), configuration), path.getName());
        file.requireNew();
        return file;
    }

    private void requireNew() {
        if (folder.has(name)) {
            throw new InvalidInput(
                    "Cannot write " + location() + ": it is there already (expected a file that is not there yet)");
        }
        try {
            new WritableProbe(folder.fileSystem(), new Path(folder.uri())).run("." + name + ".writable");
        } catch (IOException e) {
            throw new InvalidInput("Cannot write " + location() + ": " + FileTrouble.reason(e)
                    + " (expected a place that can be written)");
        }
    }

    /** The absolute path where local, else the URI. */
    public String location() {
        return folder.child(name).location();
    }

    /** Writes aside and renames. */
    public void write(StoreFiles.Content content) {
        folder.write(name, content);
    }
}
