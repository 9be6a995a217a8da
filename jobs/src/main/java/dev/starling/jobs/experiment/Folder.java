package dev.starling.jobs.experiment;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * What relative paths are relative to.
 *
 * @param location an absolute local path, or a Hadoop URI
 */
record Folder(String location) {
    private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*");

    /** An absolute local path, or a URI; no scheme means local disk, also where this folder is elsewhere. Globs stay as they are. */
    String resolve(String path) {
        if (URI.matcher(path).matches()) {
            return path;
        }
        if (path.startsWith("/")) {
            return Path.of(path).normalize().toString();
        }
        if (URI.matcher(location).matches()) {
            return path.equals(".") ? location : location.replaceFirst("/+$", "") + "/" + path;
        }
        return Path.of(location).resolve(path).normalize().toString();
    }
}
