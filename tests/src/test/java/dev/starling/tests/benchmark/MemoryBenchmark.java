package dev.starling.tests.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Peak resident memory of {@code deploy/starling train}: Fashion-MNIST with two replicas, and a CSV of 2 million rows of 50 columns with a heap of 1 GiB:
 * {@code deploy/bench memory [--rows 2000000] [--epochs 1]}.
 */
public final class MemoryBenchmark {
    private static final int COLUMNS = 50;
    private static final double GIB = 1L << 30;

    private final Benchmark benchmark;
    private final int rows;
    private final int epochs;
    private final Path scratch;
    private final Machine machine = new Machine();

    /** What a run took. */
    private record Usage(int status, double seconds, long peakBytes) {}

    private MemoryBenchmark(Benchmark benchmark, int rows, int epochs, Path scratch) {
        this.benchmark = benchmark;
        this.rows = rows;
        this.epochs = epochs;
        this.scratch = scratch;
    }

    public static void main(String[] arguments) {
        Benchmark.main(benchmark -> {
            Options options = Options.parse(arguments, "rows", "epochs");
            Path scratch = Scratch.folder();
            try {
                return new MemoryBenchmark(
                                benchmark, options.count("rows", 2_000_000), options.count("epochs", 1), scratch)
                        .run();
            } finally {
                Scratch.delete(scratch);
            }
        });
    }

    private List<Requirement> run() {
        // Builds the jar if need be, so that no run is charged with it.
        run(List.of(launcher(), "--version"));
        Usage images = train(
                benchmark.root().resolve(Work.MLP.experiment()).toString(), List.of("--set", "training.epochs=3"));
        Usage convolutions = train(
                benchmark.root().resolve(Work.CNN.experiment()).toString(), List.of("--set", "training.epochs=1"));
        Path experiment = writeTable();
        Usage table = train(experiment.toString(), List.of("--conf", "spark.driver.memory=1g"));
        PrintStream out = System.out;
        out.println("# Peak resident memory of `deploy/starling train`, 2 replicas in one JVM");
        out.println();
        out.println(machine.description() + ". VmHWM of the process; seconds are those of the whole command.");
        out.println();
        out.println("| run | exit | peak, GiB | seconds |");
        out.println("|---|---|---|---|");
        out.println(line("fashion-mlp, 3 epochs", images));
        out.println(line("fashion-cnn, 1 epoch", convolutions));
        out.println(line(
                String.format(
                        Locale.ROOT, "CSV, %,d rows × %d columns, %d epoch, heap of 1 GiB", rows, COLUMNS, epochs),
                table));
        return List.of(
                Requirement.atMost("memory.fashion-mlp GiB", images.peakBytes() / GIB, 3),
                Requirement.atMost("memory.fashion-cnn GiB", convolutions.peakBytes() / GIB, 3),
                Requirement.atMost("memory.csv exit status", table.status(), 0));
    }

    private static String line(String run, Usage usage) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %.2f | %.0f |",
                run,
                usage.status(),
                usage.peakBytes() / GIB,
                usage.seconds());
    }

    private Usage train(String experiment, List<String> more) {
        List<String> command = new ArrayList<>(List.of(
                launcher(),
                "train",
                experiment,
                "--master",
                "local[2]",
                "--runs",
                scratch.resolve("runs").toString()));
        command.addAll(more);
        return run(command);
    }

    private String launcher() {
        return benchmark.root().resolve("deploy/starling").toString();
    }

    /** The launcher becomes the JVM by exec, so that its process number is the JVM's. */
    private Usage run(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.appendTo(benchmark.log().toFile()));
        builder.environment().put("STARLING_DATA", benchmark.dataFolder().toString());
        try {
            long start = System.nanoTime();
            Process process = builder.start();
            long peak = 0;
            while (process.isAlive()) {
                peak = Math.max(peak, residentPeak(process.pid()));
                Thread.sleep(50);
            }
            return new Usage(process.waitFor(), (System.nanoTime() - start) / 1e9, peak);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Cannot measure: interrupted", e);
        }
    }

    /** Bytes; 0 once the process has ended. */
    private static long residentPeak(long process) {
        try {
            return Files.readAllLines(Path.of("/proc/" + process + "/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    /** Numbers of four digits and a class that depends on some of them; gives back the experiment. */
    private Path writeTable() {
        Path file = scratch.resolve("table.csv");
        Path experiment = scratch.resolve("table.yaml");
        try (PrintStream out = new PrintStream(
                new java.io.BufferedOutputStream(Files.newOutputStream(file), 1 << 20),
                false,
                StandardCharsets.UTF_8)) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < COLUMNS - 1; i++) {
                line.append("x").append(i).append(',');
            }
            out.println(line.append("class"));
            SplittableRandom random = new SplittableRandom(1);
            for (int row = 0; row < rows; row++) {
                out.println(row(random, line));
            }
            Files.writeString(experiment, EXPERIMENT.formatted(epochs));
            return experiment;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    private static StringBuilder row(SplittableRandom random, StringBuilder line) {
        line.setLength(0);
        int sum = 0;
        for (int i = 0; i < COLUMNS - 1; i++) {
            int value = random.nextInt(-9999, 10_000);
            sum += i < 5 ? value : 0;
            line.append(value < 0 ? "-0." : "0.")
                    .append(Integer.toString(10_000 + Math.abs(value)).substring(1))
                    .append(',');
        }
        return line.append(sum > 0 ? "yes" : "no");
    }

    private static final String EXPERIMENT =
            """
            data:
              train: {format: csv, path: table.csv, target: class}
              test: 0.1
              validation: 0.1
              scale: standardize
            network:
              layers:
                - dense: {units: 64, activation: relu}
                - dense: {units: 2, activation: softmax}
            training:
              loss: categoricalCrossentropy
              optimizer: {adam: {learningRate: 0.001}}
              metrics: [accuracy]
              batchSize: 256
              epochs: %d
            cluster:
              replicas: 2
              averaging: {every: 10}
            """;
}
