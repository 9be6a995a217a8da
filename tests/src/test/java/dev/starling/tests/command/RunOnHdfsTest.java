package dev.starling.tests.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.starling.tests.Hdfs;
import dev.starling.tests.Result;
import dev.starling.tests.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Data and store on a real HDFS: the same experiment comes to the same values as on the local disk. */
@ExtendWith(Hdfs.Extension.class)
class RunOnHdfsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private java.nio.file.Path folder;

    private Result run(String... args) {
        Result result = new Shell(folder, Map.of()).run(args);
        assertThat(result.status()).as(result.err()).isZero();
        return result;
    }

    private static JsonNode withoutTiming(String metrics) throws IOException {
        return ((ObjectNode) JSON.readTree(metrics)).without("timing");
    }

    @Test
    void hdfsAndTheLocalDiskGiveTheSameValues(Hdfs hdfs) throws IOException {
        Points.write(folder);
        String local = run("train", "points.yaml", "--master", "local[2]").lastLine();
        String expected = Files.readString(java.nio.file.Path.of(local, "metrics.json"));

        URI data = hdfs.folder("points-data");
        FileSystem files = FileSystem.get(data, hdfs.configuration());
        files.copyFromLocalFile(new Path(folder + "/points.csv"), new Path(data + "/points.csv"));
        Files.delete(folder.resolve("points.csv"));
        String store = hdfs.folder("points-runs").toString();
        String run = run(
                        "train",
                        "points.yaml",
                        "--master",
                        "local[2]",
                        "--runs",
                        store,
                        "--set",
                        "data.directory=" + data,
                        "--set",
                        "cluster.checkpoint.every=1 round",
                        "--set",
                        "report.figures=[boundary]")
                .lastLine();
        assertThat(run).startsWith(store + "/points-");
        assertThat(withoutTiming(text(files, run, "metrics.json"))).isEqualTo(withoutTiming(expected));
        assertThat(JSON.readTree(text(files, run, "provenance.json")).at("/data/fingerprint"))
                .isEqualTo(JSON.readTree(Files.readString(java.nio.file.Path.of(local, "provenance.json")))
                        .at("/data/fingerprint"));
        isComplete(files, run);
        assertThat(text(files, run, "figures/boundary.png")).contains("PNG");
        assertThat(text(files, run, "report.html")).contains("<img alt=\"boundary\"");

        assertThat(JSON.readTree(run("evaluate", run, "--master", "local[1]").out()))
                .isEqualTo(withoutTiming(expected));
        URI predicted = hdfs.folder("points-predicted");
        run("predict", run, data + "/points.csv", "--output", predicted + "/all.csv", "--master", "local[2]");
        files.copyToLocalFile(new Path(data + "/points.csv"), new Path(folder + "/points.csv"));
        run("predict", local, "points.csv", "--output", "all.csv", "--master", "local[1]");
        assertThat(text(files, predicted.toString(), "all.csv"))
                .isEqualTo(Files.readString(folder.resolve("all.csv")))
                .hasLineCount(201);
        assertThat(run("summary", run).out()).contains("Total params: 42");
        assertThat(run("runs", "--runs", store).out()).contains(" finished", "accuracy");
    }

    private static String text(FileSystem files, String run, String name) throws IOException {
        try (InputStream in = files.open(new Path(run, name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void isComplete(FileSystem files, String run) throws IOException {
        long success = files.getFileStatus(new Path(run, "_SUCCESS")).getModificationTime();
        List<String> names = new ArrayList<>();
        for (FileStatus file : files.listStatus(new Path(run))) {
            names.add(file.getPath().getName());
            assertThat(file.getModificationTime()).isLessThanOrEqualTo(success);
        }
        assertThat(names)
                .containsExactlyInAnyOrder(
                        "experiment.yaml",
                        "provenance.json",
                        "history.csv",
                        "figures",
                        "metrics.json",
                        "model.zip",
                        "preprocessing.json",
                        "report.html",
                        "_SUCCESS");
    }
}
