package dev.starling.driver.selection.search.sampler;

import dev.starling.driver.selection.search.space.Group;
import dev.starling.driver.selection.search.space.Setting;
import dev.starling.driver.selection.search.space.Space;
import dev.starling.worker.data.Seeds;
import dev.starling.worker.data.Seeds.Purpose;
import java.util.List;
import java.util.SplittableRandom;

/** Every value by chance, as its dimension spreads them. For one point. */
final class UniformSource implements Space.Source {
    private final SplittableRandom random;

    UniformSource(long seed, int trial) {
        this(random(seed, trial));
    }

    UniformSource(SplittableRandom random) {
        this.random = random;
    }

    static SplittableRandom random(long seed, int trial) {
        return new SplittableRandom(Seeds.derive(seed, Purpose.SEARCH, trial));
    }

    @Override
    public List<Setting> choose(Group group) {
        return group.parameters().stream()
                .map(p -> p.dimension().at(random.nextDouble()))
                .toList();
    }
}
