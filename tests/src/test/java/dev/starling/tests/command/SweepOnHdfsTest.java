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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A sweep whose data and store lie on a real HDFS: trials pause there and go on, and it comes to what it comes to on the local disk. */
@ExtendWith(Hdfs.Extension.class)
class SweepOnHdfsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SWEEP =
            """
            sweep:
              trials: 9
              earlyTermination: {asha: {minEpochs: 1, reduction: 2}}
              objective: {maximize: validation.accuracy}
              space:
                network.layers[0].dense.units: {integer: [2, 16]}
                training.optimizer.adam.learningRate: {logUniform: [1e-3, 1e-1]}
            """;

    @TempDir
    private java.nio.file.Path folder;

    private String run(String... args) {
        Result result = new Shell(folder, Map.of()).run(args);
        assertThat(result.status()).as(result.err()).isZero();
        return result.lastLine();
    }

    @Test
    void hdfsAndTheLocalDiskGiveTheSameTrialsAndTheSameBest(Hdfs hdfs) throws IOException {
        Points.write(folder);
        Files.writeString(folder.resolve("sweep.yaml"), Points.EXPERIMENT + SWEEP);
        java.nio.file.Path local = java.nio.file.Path.of(run("sweep", "sweep.yaml", "--master", "local[1]"));

        URI data = hdfs.folder("sweep-data");
        FileSystem files = FileSystem.get(data, hdfs.configuration());
        files.copyFromLocalFile(new Path(folder + "/points.csv"), new Path(data + "/points.csv"));
        Files.delete(folder.resolve("points.csv"));
        String store = hdfs.folder("sweep-runs").toString();
        String there = "data.directory=" + data;
        String run = run("sweep", "sweep.yaml", "--master", "local[1]", "--runs", store, "--set", there);

        assertThat(run).startsWith(store + "/sweep-");
        assertThat(told(text(files, run, "journal.jsonl")))
                .isEqualTo(told(Files.readString(local.resolve("journal.jsonl"))))
                .anyMatch(event -> event.startsWith("paused"));
        assertThat(best(text(files, run, "metrics.json")))
                .isEqualTo(best(Files.readString(local.resolve("metrics.json"))));
        assertThat(text(files, run, "trials/3/history.csv"))
                .isEqualTo(Files.readString(local.resolve("trials/3/history.csv")));
        assertThat(names(files, run)).contains("_SUCCESS", "model.zip", "trials.csv");

        assertThat(run("resume", run, "--master", "local[1]", "--set", "sweep.trials=11"))
                .isEqualTo(run);
        assertThat(JSON.readTree(text(files, run, "metrics.json"))
                        .path("trials")
                        .asInt())
                .isEqualTo(11);
    }

    private static List<String> told(String journal) throws IOException {
        List<String> told = new ArrayList<>();
        for (String line : journal.lines().toList()) {
            JsonNode event = JSON.readTree(line);
            told.add(event.path("event").asText() + event.path("trial") + event.path("params") + event.path("values"));
        }
        return told;
    }

    private static JsonNode best(String metrics) throws IOException {
        return ((ObjectNode) JSON.readTree(metrics).path("best")).without("timing");
    }

    private static List<String> names(FileSystem files, String run) throws IOException {
        return Arrays.stream(files.listStatus(new Path(run)))
                .map(FileStatus::getPath)
                .map(Path::getName)
                .toList();
    }

    private static String text(FileSystem files, String run, String name) throws IOException {
        try (InputStream in = files.open(new Path(run + "/" + name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
