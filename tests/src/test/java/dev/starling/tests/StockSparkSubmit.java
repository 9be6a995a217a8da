package dev.starling.tests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A check by hand: a stock Spark's own spark-submit runs the jar with data and store on a real HDFS; the stored model, read back by stock DL4J, must be right on exactly as many digits as
 * the run's confusion matrices say. Arguments: path of spark-submit, path of the jar, the project's folder.
 */
public final class StockSparkSubmit {
    private static final int PIXELS = 64;

    private StockSparkSubmit() {}

    public static void main(String[] args) throws Exception {
        Path digits = Path.of(args[2], "conf", "data", "digits", "digits.csv.gz");
        try (Hdfs hdfs = Hdfs.start()) {
            FileSystem files = FileSystem.get(hdfs.folder(""), hdfs.configuration());
            org.apache.hadoop.fs.Path data = new org.apache.hadoop.fs.Path(hdfs.folder("data/digits.csv.gz"));
            files.copyFromLocalFile(new org.apache.hadoop.fs.Path(digits.toUri()), data);
            String run = submit(args, hdfs.folder("data"), hdfs.folder("runs"));
            check(files, URI.create(run), digits);
        }
        System.exit(0);
    }

    private static String submit(String[] args, URI data, URI store) throws Exception {
        List<String> command = List.of(
                args[0],
                "--master",
                "local[2]",
                "--class",
                "dev.starling.Starling",
                args[1],
                "train",
                Path.of(args[2], "conf", "experiments", "digits.yaml").toString(),
                "--set",
                "data.directory=" + data,
                "--runs",
                store.toString());
        System.out.println("$ " + String.join(" ", command));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().remove("OMP_NUM_THREADS");
        Process process = builder.start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            out.lines().forEach(lines::add);
        }
        int status = process.waitFor();
        System.out.println("exit status " + status + ", run " + lines);
        if (status != 0) {
            throw new IllegalStateException("Cannot check a run: spark-submit ended with " + status + " (expected 0)");
        }
        return lines.get(lines.size() - 1);
    }

    private static void check(FileSystem files, URI run, Path digits) throws Exception {
        Path copy = Files.createTempFile("model", ".zip");
        org.apache.hadoop.fs.Path stored = new org.apache.hadoop.fs.Path(run + "/model.zip");
        files.copyToLocalFile(false, stored, new org.apache.hadoop.fs.Path(copy.toUri()), true);
        MultiLayerNetwork stock = ModelSerializer.restoreMultiLayerNetwork(copy.toFile());
        long claimed = claimed(files, run);
        int found = right(stock, digits);
        System.out.println(
                "right of all digits: " + claimed + " by the run's confusion matrices, " + found + " by stock DL4J");
        if (claimed != found) {
            throw new IllegalStateException("Cannot confirm the run: the two differ (expected the same number)");
        }
    }

    private static long claimed(FileSystem files, URI run) throws Exception {
        JsonNode metrics;
        try (InputStream in = files.open(new org.apache.hadoop.fs.Path(run + "/metrics.json"))) {
            metrics = new ObjectMapper().readTree(in.readAllBytes());
        }
        long sum = 0;
        for (String split : List.of("train", "validation", "test")) {
            JsonNode confusion = metrics.get(split).get("confusion");
            for (int i = 0; i < confusion.size(); i++) {
                sum += confusion.get(i).get(i).asLong();
            }
        }
        return sum;
    }

    private static int right(MultiLayerNetwork stock, Path digits) throws Exception {
        int right = 0;
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(digits)), StandardCharsets.UTF_8))) {
            in.readLine();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] fields = line.split(",", -1);
                float[] pixels = new float[PIXELS];
                for (int i = 0; i < PIXELS; i++) {
                    pixels[i] = Float.parseFloat(fields[i]) / 16;
                }
                INDArray output = stock.output(Nd4j.create(pixels).reshape(1, 1, 8, 8));
                right += output.argMax(1).getInt(0) == Integer.parseInt(fields[PIXELS]) ? 1 : 0;
            }
        }
        return right;
    }
}
