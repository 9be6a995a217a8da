package dev.starling.worker.plan;

import dev.starling.worker.data.Seeds;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.Dropout;
import dev.starling.worker.network.ParameterBlock;
import java.util.List;

/**
 * Inverted dropout: in training each value is kept with probability 1 − rate and then divided by it (Srivastava et al. 2014); the identity in inference. The mask comes from a
 * counter hashed with the batch's seed (16 bits a value), so it depends on the seed alone.
 */
final class DropoutKernel implements Kernel {
    private static final int CHUNK = 1024;
    private static final int LEVELS = 1 << 16;

    private final Planning plan;
    private final Tensor input;
    private final Tensor output;
    private final FlatVector mask;
    private final int dropBelow;
    private final float keptFactor;
    private final float[] chunk = new float[CHUNK];

    DropoutKernel(Planning plan, Dropout layer, List<ParameterBlock> none, Tensor input) {
        this.plan = plan;
        this.input = input;
        this.output = input.alike(plan.memory());
        this.mask = plan.memory().allocate(input.values().length());
        this.dropBelow = (int) Math.round(layer.rate() * LEVELS);
        this.keptFactor = (float) (1 / (1 - layer.rate()));
    }

    @Override
    public void seed(long seed) {
        for (int from = 0; from < mask.length(); from += CHUNK) {
            int length = Math.min(CHUNK, mask.length() - from);
            for (int i = 0; i < CHUNK; i += 4) {
                long bits = Seeds.mix((seed + from + i) * 0x9E3779B97F4A7C15L);
                for (int j = 0; j < 4; j++) {
                    chunk[i + j] = ((bits >>> (16 * j)) & (LEVELS - 1)) < dropBelow ? 0f : keptFactor;
                }
            }
            mask.set(from, chunk, 0, length);
        }
    }

    @Override
    public void forward(boolean training) {
        int length = input.values().length();
        if (training) {
            plan.loops().multiply(input.values(), mask, output.values(), length);
        } else {
            output.values().floats().put(0, input.values().floats(), 0, length);
        }
    }

    @Override
    public void backward() {
        if (input.needsGradient()) {
            plan.loops().multiply(output.gradient(), mask, input.gradient(), mask.length());
        }
    }

    /** For tests: the factors of the batch, in the order of the input's memory. */
    FlatVector mask() {
        return mask;
    }

    @Override
    public Tensor output() {
        return output;
    }
}
