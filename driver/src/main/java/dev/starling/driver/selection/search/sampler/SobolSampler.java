package dev.starling.driver.selection.search.sampler;

import dev.starling.driver.selection.search.space.Point;
import dev.starling.driver.selection.search.space.Setting;
import dev.starling.driver.selection.search.space.Space;
import dev.starling.worker.data.Seeds;
import dev.starling.worker.data.Seeds.Purpose;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.random.SobolSequenceGenerator;

/**
 * A Sobol' sequence with the directions of Joe and Kuo (2008, "new-joe-kuo-6"), scrambled by the seed as Owen does, which keeps it even and makes seeds independent. Every parameter of
 * the space has a dimension of its own, those of options included.
 *
 * <p>Source of the scrambling: Burley, "Practical Hash-based Owen Scrambling", Journal of Computer Graphics Techniques 9(4), 2020.
 */
final class SobolSampler implements Sampler {
    static final int MOST_DIMENSIONS = 1000;
    private static final double RANGE = 0x1p32;

    private final Space space;
    private final long seed;

    SobolSampler(Space space, long seed) {
        this.space = space;
        this.seed = seed;
    }

    @Override
    public Point sample(int trial, Knowledge knowledge) {
        double[] vector = new SobolSequenceGenerator(space.size()).skipTo(trial);
        return space.draw(group -> {
            List<Setting> settings = new ArrayList<>();
            for (int i = 0; i < group.parameters().size(); i++) {
                double unit = scrambled(vector[group.first() + i], group.first() + i);
                settings.add(group.parameters().get(i).dimension().at(unit));
            }
            return settings;
        });
    }

    private double scrambled(double unit, int dimension) {
        int bits = Integer.reverse((int) (long) (unit * RANGE));
        int key = (int) Seeds.derive(seed, Purpose.SEARCH, -1, dimension);
        int scrambled = Integer.reverse(permuted(bits, key));
        return (Integer.toUnsignedLong(scrambled) + 0.5) / RANGE;
    }

    /** A bijection in which each bit depends on those below it alone. */
    private static int permuted(int bits, int key) {
        int x = bits + key;
        x ^= x * 0x6c50b47c;
        x ^= x * 0xb82f1e52;
        x ^= x * 0xc7afe638;
        x ^= x * 0x8d22f6e6;
        return x;
    }
}
