package dev.starling.worker.gang;

import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.network.ParameterBlock.Kind;
import dev.starling.worker.random.Noise;
import java.util.List;

/** Normally distributed noise on the weights while a batch is trained: its gradient is taken where the noise put them, and then they are as they were, to the bit. Biases have none. */
final class WeightNoise {
    /** Even, as random numbers are drawn in pairs. */
    private static final int CHUNK = 1024;
    /** A stream that no layer has. */
    private static final int STREAM = -1;

    private final float stddev;
    private final List<ParameterBlock> kernels;
    private final float[] kept;
    private final float[] drawn = new float[CHUNK];
    private final float[] chunk = new float[CHUNK];

    /** @param stddev 0 for none */
    WeightNoise(double stddev, List<ParameterBlock> blocks) {
        this.stddev = (float) stddev;
        this.kernels = stddev == 0
                ? List.of()
                : blocks.stream()
                        .filter(block -> block.kind() == Kind.KERNEL && block.trainable())
                        .toList();
        this.kept = new float[kernels.stream().mapToInt(ParameterBlock::length).sum()];
    }

    /** @param seed of the batch */
    void add(FlatVector parameters, long seed) {
        int at = 0;
        int place = 0;
        for (ParameterBlock block : kernels) {
            parameters.get(block.offset(), kept, at, block.length());
            for (int from = 0; from < block.length(); from += CHUNK) {
                int count = Math.min(CHUNK, block.length() - from);
                Noise.gaussian(Noise.ofLayer(seed, STREAM), place + from, drawn, count);
                for (int i = 0; i < count; i++) {
                    chunk[i] = kept[at + from + i] + stddev * drawn[i];
                }
                parameters.set(block.offset() + from, chunk, 0, count);
            }
            at += block.length();
            place += block.length() + block.length() % 2;
        }
    }

    void remove(FlatVector parameters) {
        int at = 0;
        for (ParameterBlock block : kernels) {
            parameters.set(block.offset(), kept, at, block.length());
            at += block.length();
        }
    }
}
