package dev.starling.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A cluster of real processes by {@code deploy/local-cluster}. As a parameter of a test class ({@code @ExtendWith(LocalCluster.Extension.class)}): two workers of two cores, 2 GiB and two
 * stand-in GPU addresses each, started by the first test that asks for it, shared by all, stopped when the last test is done. A test that kills one of its processes mends it again.
 */
public final class LocalCluster implements AutoCloseable {
    private final Path folder;

    /** @param folder state and logs, need not exist; nothing is started yet */
    public LocalCluster(Path folder) {
        this.folder = folder;
    }

    /** {@code deploy/local-cluster <command> --dir <folder> <words>}. */
    public Result run(String command, String... words) {
        return new Launcher(Checkout.path("target"), Map.of()).run(words(command, words));
    }

    /** The words of such a call. */
    public List<String> words(String command, String... words) {
        List<String> all = new ArrayList<>(
                List.of(Checkout.path("deploy/local-cluster").toString(), command, "--dir", folder.toString()));
        all.addAll(List.of(words));
        return all;
    }

    /** Starts what does not live, and fails unless all of it answers. */
    public LocalCluster up(String... words) {
        Result result = run("up", words);
        if (result.status() != 0) {
            throw new IllegalStateException("Cannot start a cluster: " + result.err());
        }
        return this;
    }

    /** Its {@code spark://…}. */
    public String master() {
        return "spark://127.0.0.1:" + setting("master_port");
    }

    /** @param path in its HDFS, without a slash at the beginning */
    public URI hdfs(String path) {
        return URI.create("hdfs://127.0.0.1:" + setting("namenode_port") + "/" + path);
    }

    /** Of its HDFS; a client may close it. */
    public FileSystem files() throws IOException {
        return FileSystem.newInstance(hdfs(""), new Configuration());
    }

    /** Copies a local file into its HDFS and gives the folder in which it lies. */
    public URI put(Path file, String into) throws IOException {
        try (FileSystem files = files()) {
            files.copyFromLocalFile(
                    new org.apache.hadoop.fs.Path(file.toUri()),
                    new org.apache.hadoop.fs.Path(hdfs(into + "/" + file.getFileName())));
        }
        return hdfs(into);
    }

    public Path folder() {
        return folder;
    }

    /** The process of {@code namenode}, {@code datanode}, {@code master} or {@code worker-1} and so on, as its file says. */
    public Optional<ProcessHandle> process(String name) {
        try {
            String id = Files.readString(folder.resolve(name + ".pid")).split(" ", -1)[0];
            return ProcessHandle.of(Long.parseLong(id));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** All living processes that were started for it, executors and drivers too: each carries the folder in its environment. */
    public List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses()
                .filter(process -> environment(process.pid()).contains("STARLING_LOCAL_CLUSTER=" + folder))
                .toList();
    }

    private static List<String> environment(long id) {
        try {
            return List.of(Files.readString(Path.of("/proc", Long.toString(id), "environ"), StandardCharsets.ISO_8859_1)
                    .split("\0"));
        } catch (IOException e) {
            return List.of(); // It ended meanwhile, or is another user's.
        }
    }

    private String setting(String name) {
        try (Stream<String> lines = Files.lines(folder.resolve("settings"))) {
            return lines.filter(line -> line.startsWith(name + "="))
                    .findFirst()
                    .orElseThrow()
                    .substring(name.length() + 1);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read what cluster is in " + folder, e);
        }
    }

    @Override
    public void close() {
        Result result = run("down");
        if (result.status() != 0) {
            throw new IllegalStateException("Cannot stop a cluster: " + result.err());
        }
    }

    /** At a fixed place, so that what a killed run of the tests left is stopped by the next. */
    private static LocalCluster shared() {
        Launcher.assumeBuilt();
        LocalCluster cluster = new LocalCluster(Checkout.path("tests/target/cluster"));
        cluster.close();
        FileUtil.fullyDelete(cluster.folder.toFile());
        String standIn = Checkout.path("tests/src/test/resources/two-gpus").toString();
        return cluster.up(
                "--workers", "2", "--cores", "2", "--memory", "2g", "--gpus", "2", "--gpu-discovery", standIn);
    }

    /** Gives it to constructors and methods. */
    public static final class Extension implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == LocalCluster.class;
        }

        @Override
        public LocalCluster resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(Namespace.create(LocalCluster.class))
                    .getOrComputeIfAbsent(LocalCluster.class, type -> shared(), LocalCluster.class);
        }
    }
}
