package dev.starling.worker.gang;

import dev.starling.worker.averaging.AveragingSpec;
import dev.starling.worker.averaging.OuterOptimizer;
import dev.starling.worker.exchange.StateVector;
import dev.starling.worker.memory.Arena;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.ParameterBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is averaged, with what goes around the mean: batch normalisation's statistics are pooled, and the strategy may go on from elsewhere than the mean itself. */
final class AveragedVectors {
    private final List<FlatVector> all;
    private final List<FlatVector> shared;
    private final Optional<BatchNormPooling> pooling;
    private final Optional<OuterOptimizer> outer;

    /**
     * @param all the parameters first, the same in every rank now; changed by an averaging
     * @param ranks 1: nothing to pool
     * @param arena for what the strategy keeps
     */
    AveragedVectors(List<FlatVector> all, List<ParameterBlock> blocks, AveragingSpec spec, int ranks, Arena arena) {
        this.all = all;
        this.shared = learning(all, blocks);
        this.pooling = ranks == 1 ? Optional.empty() : Optional.of(new BatchNormPooling(blocks, all.get(0)));
        this.outer = spec.outer(blocks, all.get(0), arena);
    }

    List<FlatVector> all() {
        return all;
    }

    /** What is exchanged of them: all but what belongs to frozen layers, which is the same in every rank and stays so to the bit. Of several runs of parameters a compression takes the first. */
    List<FlatVector> shared() {
        return shared;
    }

    private static List<FlatVector> learning(List<FlatVector> all, List<ParameterBlock> blocks) {
        if (blocks.stream().noneMatch(ParameterBlock::frozen)) {
            return all;
        }
        int length = all.get(0).length();
        List<FlatVector> runs = new ArrayList<>();
        for (FlatVector vector : all) {
            for (int from = 0; from < vector.length(); from += length) {
                addRuns(vector, from, blocks, runs);
            }
        }
        return runs;
    }

    private static void addRuns(FlatVector vector, int from, List<ParameterBlock> blocks, List<FlatVector> runs) {
        int start = 0;
        int end = 0;
        for (ParameterBlock block : blocks) {
            if (block.frozen()) {
                if (end > start) {
                    runs.add(vector.slice(from + start, end - start));
                }
                start = block.offset() + block.length();
            }
            end = block.offset() + block.length();
        }
        if (end > start) {
            runs.add(vector.slice(from + start, end - start));
        }
    }

    /** Just before the exchange averages. */
    void before() {
        pooling.ifPresent(BatchNormPooling::before);
    }

    /**
     * Just after.
     *
     * @param learningRate of the round's first step
     */
    void after(double learningRate) {
        pooling.ifPresent(BatchNormPooling::after);
        outer.ifPresent(o -> o.step(learningRate));
    }

    /** Takes the vectors for what the last averaging left. */
    void restart() {
        pooling.ifPresent(BatchNormPooling::pivot);
        outer.ifPresent(OuterOptimizer::restart);
    }

    /** What it keeps from round to round beside the vectors. */
    List<StateVector> state() {
        return outer.stream()
                .map(o -> new StateVector("outerMomentum", o.momentum(), true))
                .toList();
    }
}
