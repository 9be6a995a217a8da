package dev.starling.driver.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.Path;

/** What is told when a file system fails. */
public final class FileTrouble {
    private FileTrouble() {}

    /** @param what the verb, for example {@code read} */
    static UncheckedIOException cannot(String what, Path path, IOException cause) {
        String place = StoreFiles.isLocal(path.toUri()) ? path.toUri().getPath() : path.toString();
        return new UncheckedIOException("Cannot " + what + " " + place + ": " + reason(cause), cause);
    }

    /** The first line; a remote file system's exceptions bring their whole stack trace in the message. */
    public static String reason(Exception e) {
        String message = e.getMessage();
        return message == null || message.isBlank()
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse(message).strip();
    }
}
