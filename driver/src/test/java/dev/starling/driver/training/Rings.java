package dev.starling.driver.training;

import dev.starling.driver.LocalSpark;
import dev.starling.driver.data.DataPipeline;
import dev.starling.driver.data.DataSpec;
import dev.starling.driver.data.DataSpec.HeldOut;
import dev.starling.driver.data.PreparedData;
import dev.starling.driver.data.SourceSpec;
import dev.starling.worker.averaging.AveragingSpec;
import dev.starling.worker.data.Scale;
import dev.starling.worker.exchange.Compression;
import dev.starling.worker.gang.TrainingSpec;
import dev.starling.worker.gang.TrainingSpec.EarlyStopping;
import dev.starling.worker.gang.TrainingSpec.OptimizerStatePolicy;
import dev.starling.worker.network.Activation;
import dev.starling.worker.network.BatchNormalization;
import dev.starling.worker.network.Dense;
import dev.starling.worker.network.Dropout;
import dev.starling.worker.network.Initializer;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.Penalty;
import dev.starling.worker.network.Shape;
import dev.starling.worker.network.Weights;
import dev.starling.worker.optimizer.Clipping;
import dev.starling.worker.optimizer.OptimizerSpec;
import dev.starling.worker.optimizer.Schedule;
import dev.starling.worker.step.StepChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Three rings of points about the origin, which no linear boundary tells apart, and a small network with all that makes averaging hard. */
final class Rings {
    private static final int ROWS = 601;

    private Rings() {}

    /** @param folder takes the file */
    static PreparedData prepare(Path folder) throws IOException {
        List<String> lines = new ArrayList<>(List.of("x,y,ring"));
        for (int i = 0; i < ROWS; i++) {
            int ring = i % 3;
            double radius = 1 + ring + 0.3 * Math.sin(5.1 * i);
            lines.add(radius * Math.cos(0.37 * i) + "," + radius * Math.sin(0.37 * i) + ",ring" + ring);
        }
        Path file = Files.write(folder.resolve("rings.csv"), lines);
        SourceSpec source = new SourceSpec.Csv(
                file.toString(),
                true,
                ",",
                '"',
                false,
                List.of("ring"),
                new SourceSpec.Features.All(),
                List.of(),
                new SourceSpec.Missing(List.of(), SourceSpec.Policy.ERROR));
        DataSpec spec = new DataSpec(
                Optional.empty(),
                source,
                Optional.of(new HeldOut.Fraction(0.2)),
                Optional.of(new HeldOut.Fraction(0.2)),
                new Scale.Standardize(),
                new Scale.None(),
                false);
        return DataPipeline.prepare(LocalSpark.context(), spec, Loss.CATEGORICAL_CROSSENTROPY, Optional.empty(), 5);
    }

    static NetworkSpec network() {
        Weights weights = new Weights(Initializer.HE_NORMAL, Initializer.ZEROS, new Penalty(0, 1e-5), true);
        return new NetworkSpec(
                new Shape.Flat(2),
                List.of(
                        new Dense("hidden", 24, Activation.Simple.RELU, weights),
                        new BatchNormalization("norm", 0.9, 1e-3),
                        new Dropout("drop", 0.1),
                        new Dense("classes", 3, Activation.Simple.SOFTMAX, Weights.DEFAULT)),
                Loss.CATEGORICAL_CROSSENTROPY);
    }

    static TrainingSpec training(int epochs, double learningRate, Optional<EarlyStopping> stopping) {
        return training(
                new OptimizerSpec.Adam(new Schedule.Constant(learningRate), 0.9, 0.999, 1e-7, 0), epochs, stopping);
    }

    static TrainingSpec training(TrainingSpec base, AveragingSpec averaging, boolean overlap) {
        return new TrainingSpec(
                base.seed(),
                base.optimizer(),
                base.clipping(),
                base.batchSize(),
                base.epochs(),
                base.stopRules(),
                averaging,
                base.optimizerState(),
                base.compression(),
                overlap,
                base.step());
    }

    static TrainingSpec training(OptimizerSpec optimizer, int epochs, Optional<EarlyStopping> stopping) {
        return new TrainingSpec(
                3,
                optimizer,
                new Clipping.None(),
                16,
                epochs,
                stopping,
                new AveragingSpec.Every(3),
                OptimizerStatePolicy.AVERAGE,
                Compression.NONE,
                false,
                StepChoice.REFERENCE);
    }
}
