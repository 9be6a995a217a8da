package dev.starling.worker.gang;

import dev.starling.worker.averaging.AveragingSpec;
import dev.starling.worker.exchange.Compression;
import dev.starling.worker.exchange.Together;
import dev.starling.worker.gang.TrainingSpec.EarlyStopping;
import dev.starling.worker.gang.TrainingSpec.OptimizerStatePolicy;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.metrics.Metrics;
import dev.starling.worker.metrics.Scoring;
import dev.starling.worker.network.Initializer;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.network.ParameterBlock.Kind;
import dev.starling.worker.network.Penalty;
import dev.starling.worker.optimizer.Clipping;
import dev.starling.worker.optimizer.Optimizer;
import dev.starling.worker.optimizer.OptimizerSpec;
import dev.starling.worker.optimizer.Schedule;
import dev.starling.worker.step.StepChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/** A gang of threads for tests, which learns a linear function of {@link #INPUTS} inputs that all examples follow. */
final class Gang {
    static final int INPUTS = 3;
    static final Scoring SCORING = new Scoring.Regression(Loss.MEAN_SQUARED_ERROR, 1, List.of(1.0));
    static final OptimizerSpec SGD = new OptimizerSpec.Sgd(new Schedule.Constant(0.05), 0, false, 0);
    static final OptimizerSpec MOMENTUM = new OptimizerSpec.Sgd(new Schedule.Constant(0.05), 0.9, false, 0);

    /** What one replica ended with. */
    record Result(Outcome outcome, float[] parameters, float[] state) {}

    private Gang() {}

    static TrainingSpec spec(OptimizerSpec optimizer, int batchSize, int epochs, int averageEvery) {
        return spec(optimizer, batchSize, epochs, averageEvery, Optional.empty(), OptimizerStatePolicy.AVERAGE);
    }

    static TrainingSpec spec(
            OptimizerSpec optimizer,
            int batchSize,
            int epochs,
            int averageEvery,
            Optional<EarlyStopping> earlyStopping,
            OptimizerStatePolicy policy) {
        return new TrainingSpec(
                7,
                optimizer,
                new Clipping.None(),
                batchSize,
                epochs,
                earlyStopping,
                new AveragingSpec.Every(averageEvery),
                policy,
                Compression.NONE,
                false,
                StepChoice.AUTO);
    }

    static TrainingSpec spec(
            OptimizerSpec optimizer,
            int epochs,
            AveragingSpec averaging,
            OptimizerStatePolicy policy,
            boolean overlap) {
        return new TrainingSpec(
                7,
                optimizer,
                new Clipping.None(),
                4,
                epochs,
                List.of(),
                averaging,
                policy,
                Compression.NONE,
                overlap,
                StepChoice.AUTO);
    }

    /** The examples numbered first, first + stride, …; t = x₀ − 2·x₁ + 0.5·x₂ + 3 and a little noise. */
    static Examples examples(int first, int stride, int rows) {
        return new Examples() {
            @Override
            public int rows() {
                return rows;
            }

            @Override
            public void gather(int[] order, int from, int count, FlatVector features, FlatVector targets) {
                for (int i = 0; i < count; i++) {
                    int example = first + stride * order[from + i];
                    double[] x = {Math.sin(example), Math.cos(1.3 * example), Math.sin(0.7 * example + 1)};
                    for (int k = 0; k < INPUTS; k++) {
                        features.floats().put(i * INPUTS + k, (float) x[k]);
                    }
                    double noise = 0.1 * Math.sin(37.0 * example);
                    targets.floats().put(i, (float) (x[0] - 2 * x[1] + 0.5 * x[2] + 3 + noise));
                }
            }
        };
    }

    static List<ParameterBlock> blocks() {
        return List.of(
                new ParameterBlock(
                        "dense", Kind.KERNEL, 0, INPUTS, INPUTS, 1, Initializer.ZEROS, new Penalty(0, 0.001)),
                new ParameterBlock("dense", Kind.BIAS, INPUTS, 1, INPUTS, 1, Initializer.ZEROS, Penalty.NONE));
    }

    /** Trains on each rank's examples; all validate on what {@code validation} gives them. */
    static List<Result> train(TrainingSpec spec, List<Examples> train, List<List<ValidationBlock>> validation) {
        return train(spec, train, validation, ProgressSink.NONE, () -> false);
    }

    static List<Result> train(
            TrainingSpec spec,
            List<Examples> train,
            List<List<ValidationBlock>> validation,
            ProgressSink sink,
            BooleanSupplier stop) {
        return train(spec, train, validation, sink, stop, rank -> Checkpoints.NONE);
    }

    static List<Result> train(
            TrainingSpec spec,
            List<Examples> train,
            List<List<ValidationBlock>> validation,
            ProgressSink sink,
            BooleanSupplier stop,
            IntFunction<Checkpoints> checkpoints) {
        return Together.run(train.size(), body(spec, train, validation, sink, stop, checkpoints));
    }

    /** A replica of a gang, whatever its exchange. */
    static Together.Body<Result> body(
            TrainingSpec spec,
            List<Examples> train,
            List<List<ValidationBlock>> validation,
            ProgressSink sink,
            BooleanSupplier stop,
            IntFunction<Checkpoints> checkpoints) {
        int[] rows = train.stream().mapToInt(Examples::rows).toArray();
        GangPlan plan = new GangPlan(rows, spec.batchSize(), spec.averaging());
        boolean validates = validation.stream().anyMatch(blocks -> !blocks.isEmpty());
        return (rank, exchange) -> {
            LinearStep step = new LinearStep(INPUTS, spec.batchSize());
            Optimizer optimizer = new Optimizer(spec.optimizer(), spec.clipping(), blocks(), INPUTS + 1);
            FlatVector state = FlatVector.allocate(spec.optimizer().stateVectors() * (INPUTS + 1));
            optimizer.reset(state);
            Learner learner = new Learner(step, optimizer, state, blocks(), spec, exchange);
            ReplicaData data = new ReplicaData(train.get(rank), validation.get(rank), validates, SCORING);
            Outcome outcome =
                    new Replica(exchange, plan, spec, learner, data, sink, stop, checkpoints.apply(rank)).run();
            return new Result(outcome, step.parameters().toArray(), state.toArray());
        };
    }

    /** Deals {@code total} examples round robin. */
    static List<Examples> dealt(int total, int ranks) {
        List<Examples> parts = new ArrayList<>();
        for (int rank = 0; rank < ranks; rank++) {
            parts.add(examples(rank, ranks, (total - rank + ranks - 1) / ranks));
        }
        return parts;
    }

    static List<List<ValidationBlock>> noValidation(int ranks) {
        return blocksFor(ranks, 0);
    }

    /** Blocks of 20 validation examples, round robin. */
    static List<List<ValidationBlock>> blocksFor(int ranks, int blocks) {
        List<List<ValidationBlock>> dealt = new ArrayList<>();
        for (int rank = 0; rank < ranks; rank++) {
            List<ValidationBlock> mine = new ArrayList<>();
            for (int block = rank; block < blocks; block += ranks) {
                mine.add(new ValidationBlock(block, examples(100_000 + 20 * block, 1, 20)));
            }
            dealt.add(mine);
        }
        return dealt;
    }

    /** Of each epoch, as rank 0 tells it. */
    static List<Metrics> validation(List<Gang.Result> results) {
        return results.get(0).outcome().history().stream()
                .map(e -> e.validation().orElseThrow())
                .toList();
    }
}
