package dev.starling.driver.data;

import dev.starling.worker.Problems;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/** Finds the files of a path: a file, a folder's files, or what a glob matches; in the order of their paths, without names that begin with _ or a dot. */
final class FileListing {
    private final Configuration configuration;
    private final Optional<String> description;

    /**
     * A listing on the file systems of a configuration.
     *
     * @param description of the data, shown when they are missing
     */
    FileListing(Configuration configuration, Optional<String> description) {
        this.configuration = configuration;
        this.description = description;
    }

    /** The files, at least one; or none, and a problem. */
    List<DataFile> list(String pathOrUri, Problems problems) {
        try {
            Path path = DataFile.path(pathOrUri);
            FileSystem files = path.getFileSystem(configuration);
            List<DataFile> found = new ArrayList<>();
            for (FileStatus status : matches(files, path)) {
                if (status.isDirectory()) {
                    addFolder(files, status.getPath(), found);
                } else {
                    found.add(file(status));
                }
            }
            found.sort(Comparator.comparing(DataFile::uri));
            if (found.isEmpty()) {
                problems.add(missing(pathOrUri, "no such file"));
            }
            return found;
        } catch (IOException | IllegalArgumentException e) {
            problems.add(missing(pathOrUri, String.valueOf(e.getMessage())));
            return List.of();
        }
    }

    private String missing(String path, String found) {
        String expected = description.map(text -> "the data: " + text).orElse("an existing file, folder or glob");
        return "Cannot read " + path + ": " + found + " (expected " + expected + ")";
    }

    private static List<FileStatus> matches(FileSystem files, Path path) throws IOException {
        if (files.exists(path)) {
            return List.of(files.getFileStatus(path));
        }
        FileStatus[] matched = files.globStatus(path, FileListing::isShown);
        return matched == null ? List.of() : List.of(matched);
    }

    private void addFolder(FileSystem files, Path folder, List<DataFile> found) throws IOException {
        for (FileStatus status : files.listStatus(folder, FileListing::isShown)) {
            if (status.isFile()) {
                found.add(file(status));
            }
        }
    }

    private static boolean isShown(Path path) {
        return !path.getName().startsWith("_") && !path.getName().startsWith(".");
    }

    private DataFile file(FileStatus status) {
        Path path = status.getPath();
        boolean compressed = new CompressionCodecFactory(configuration).getCodec(path) != null;
        return new DataFile(path.toString(), status.getLen(), compressed);
    }
}
