package dev.starling.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A real HDFS of one name node and one data node as a parameter of a test class ({@code @ExtendWith(Hdfs.Extension.class)}): started by the first that asks for
 * it, shared by all, stopped when the last test is done.
 */
public final class Hdfs implements AutoCloseable {
    private final Path folder;
    private final MiniDFSCluster cluster;

    private Hdfs() throws IOException {
        folder = Files.createTempDirectory("starling-hdfs");
        Configuration configuration = configuration();
        configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.toString());
        cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
    }

    static Hdfs start() {
        try {
            return new Hdfs();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start HDFS", e);
        }
    }

    /** What a client of it needs. */
    public Configuration configuration() {
        return new Configuration();
    }

    /** A folder that need not exist yet. */
    public URI folder(String name) {
        return cluster.getURI().resolve("/" + name);
    }

    @Override
    public void close() {
        cluster.shutdown();
        FileUtil.fullyDelete(folder.toFile());
    }

    /** Gives it to constructors and methods. */
    public static final class Extension implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Hdfs.class;
        }

        @Override
        public Hdfs resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(Namespace.create(Hdfs.class))
                    .getOrComputeIfAbsent(Hdfs.class, type -> Hdfs.start(), Hdfs.class);
        }
    }
}
