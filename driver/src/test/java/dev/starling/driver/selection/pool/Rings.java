package dev.starling.driver.selection.pool;

import dev.starling.driver.LocalSpark;
import dev.starling.driver.data.DataPipeline;
import dev.starling.driver.data.DataSpec;
import dev.starling.driver.data.DataSpec.HeldOut;
import dev.starling.driver.data.PreparedData;
import dev.starling.driver.data.RawData;
import dev.starling.driver.data.SourceSpec;
import dev.starling.driver.selection.pool.Unit.Span;
import dev.starling.driver.selection.pool.Unit.Wanted;
import dev.starling.worker.averaging.AveragingSpec;
import dev.starling.worker.data.Scale;
import dev.starling.worker.exchange.Compression;
import dev.starling.worker.gang.TrainingSpec;
import dev.starling.worker.gang.TrainingSpec.OptimizerStatePolicy;
import dev.starling.worker.network.Activation;
import dev.starling.worker.network.BatchNormalization;
import dev.starling.worker.network.Dense;
import dev.starling.worker.network.Dropout;
import dev.starling.worker.network.Heritage;
import dev.starling.worker.network.LabelSmoothing;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.Shape;
import dev.starling.worker.network.Weights;
import dev.starling.worker.optimizer.Clipping;
import dev.starling.worker.optimizer.OptimizerSpec;
import dev.starling.worker.optimizer.Schedule;
import dev.starling.worker.step.StepChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Three rings of points in two files, each a block, and a small network that has running statistics, dropout and Adam's moments. */
public final class Rings {
    public static final long SEED = 5;

    private Rings() {}

    /** @param folder takes the files */
    public static DataSpec spec(Path folder) {
        Path source = folder.resolve("rings");
        write(source, "a.csv", 0, 300);
        write(source, "b.csv", 300, 301);
        SourceSpec csv = new SourceSpec.Csv(
                source.toString(),
                true,
                ",",
                '"',
                false,
                List.of("ring"),
                new SourceSpec.Features.All(),
                List.of("side"),
                new SourceSpec.Missing(List.of(), SourceSpec.Policy.ERROR));
        return new DataSpec(
                Optional.empty(),
                csv,
                Optional.of(new HeldOut.Fraction(0.2)),
                Optional.of(new HeldOut.Fraction(0.2)),
                new Scale.Standardize(),
                new Scale.None(),
                false);
    }

    private static void write(Path folder, String file, int from, int rows) {
        List<String> lines = new ArrayList<>(List.of("x,y,side,ring"));
        for (int i = from; i < from + rows; i++) {
            int ring = i % 3;
            double radius = 1 + ring + 0.3 * Math.sin(5.1 * i);
            double y = radius * Math.sin(0.37 * i);
            lines.add(radius * Math.cos(0.37 * i) + "," + y + "," + (y > 0 ? "up" : "down") + ",ring" + ring);
        }
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve(file), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static RawData raw(Path folder) {
        return RawData.open(LocalSpark.context(), spec(folder), Loss.CATEGORICAL_CROSSENTROPY, SEED);
    }

    public static PreparedData prepared(Path folder) {
        return DataPipeline.prepare(
                LocalSpark.context(), spec(folder), Loss.CATEGORICAL_CROSSENTROPY, Optional.empty(), SEED);
    }

    public static List<LayerSpec> layers(int hidden) {
        return List.of(
                new Dense("hidden", hidden, Activation.Simple.RELU, Weights.DEFAULT),
                new BatchNormalization("norm", 0.9, 1e-3),
                new Dropout("drop", 0.1),
                new Dense("classes", 3, Activation.Simple.SOFTMAX, Weights.DEFAULT));
    }

    public static NetworkSpec network(int hidden, int inputs) {
        return new NetworkSpec(new Shape.Flat(inputs), layers(hidden), Loss.CATEGORICAL_CROSSENTROPY);
    }

    public static TrainingSpec training(int epochs, double learningRate, StepChoice step) {
        return new TrainingSpec(
                3,
                new OptimizerSpec.Adam(new Schedule.Constant(learningRate), 0.9, 0.999, 1e-7, 0),
                new Clipping.None(),
                16,
                epochs,
                List.of(),
                new AveragingSpec.Every(10),
                OptimizerStatePolicy.AVERAGE,
                Compression.NONE,
                false,
                step);
    }

    public static Unit unit(int id, List<LayerSpec> layers, TrainingSpec training) {
        Recipe recipe = new Recipe(
                layers,
                Loss.CATEGORICAL_CROSSENTROPY,
                LabelSmoothing.NONE,
                Heritage.NONE,
                List.of(),
                new Scale.Standardize(),
                new Scale.None(),
                training);
        return new Unit(id, "unit " + id, recipe, 0, Span.all(training.epochs()), new Wanted(false, true, "", ""));
    }

    /** Makes something else of some rows but for their classes. Rows of the data are lines of two files, 300 in the first. */
    public static void spoil(Path source, int[] rows) throws IOException {
        List<String> first = new ArrayList<>(Files.readAllLines(source.resolve("a.csv")));
        List<String> second = new ArrayList<>(Files.readAllLines(source.resolve("b.csv")));
        for (int row : rows) {
            List<String> lines = row < 300 ? first : second;
            int line = 1 + (row < 300 ? row : row - 300);
            String ring = lines.get(line).replaceFirst(".*,", "");
            lines.set(line, "1e6,-1e6,up," + ring);
        }
        Files.write(source.resolve("a.csv"), first);
        Files.write(source.resolve("b.csv"), second);
    }
}
