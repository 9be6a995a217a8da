package dev.starling.driver.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/**
 * A file of a data set.
 *
 * @param uri with its scheme
 * @param length bytes as stored
 * @param compressed whether Hadoop knows a codec for its name, so that it can be read from the beginning only
 */
record DataFile(String uri, long length, boolean compressed) implements Serializable {
    static Path path(String pathOrUri) {
        return pathOrUri.startsWith("/") ? new Path("file", null, pathOrUri) : new Path(pathOrUri);
    }

    /** As messages show it: without a scheme where it is local. */
    String name() {
        return name(new Path(uri));
    }

    static String name(Path path) {
        String scheme = path.toUri().getScheme();
        return scheme == null || scheme.equals("file") ? path.toUri().getPath() : path.toString();
    }

    /** Opens the decompressed content at its beginning. */
    InputStream open(Configuration configuration) throws IOException {
        return openAt(0, configuration);
    }

    /**
     * Opens the content.
     *
     * @param offset 0 for a compressed file
     */
    InputStream openAt(long offset, Configuration configuration) throws IOException {
        Path path = new Path(uri);
        FSDataInputStream in = path.getFileSystem(configuration).open(path);
        try {
            if (compressed) {
                CompressionCodec codec = new CompressionCodecFactory(configuration).getCodec(path);
                return codec.createInputStream(in);
            }
            in.seek(offset);
            return in;
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /** Opens the content and skips: a seek where it is not compressed. */
    InputStream openPast(long bytes, Configuration configuration) throws IOException {
        if (!compressed) {
            return openAt(bytes, configuration);
        }
        InputStream in = open(configuration);
        try {
            in.skipNBytes(bytes);
            return in;
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }
}
