package dev.starling.tests.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.driver.selection.search.halving.EarlyTermination;
import dev.starling.driver.selection.search.sampler.Search;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What random search without early termination finds with 40 whole trials is found sooner. */
class EarlyTerminationTest {
    private static final int TRIALS = 40;
    private static final int SEEDS = 5;

    /** Epochs, as a share of random search's, until as good a loss is reached: median of the seeds. */
    private static double share(Search search, EarlyTermination early) {
        double[] shares = new double[SEEDS];
        long all = (long) TRIALS * Curves.EPOCHS;
        for (int seed = 0; seed < SEEDS; seed++) {
            double wanted = Curves.run(new Search.Random(), new EarlyTermination.None(), 100 + seed, all, 0)
                    .best();
            shares[seed] = Curves.run(search, early, seed, all, wanted).epochs() / all;
        }
        Arrays.sort(shares);
        return shares[SEEDS / 2];
    }

    @Test
    void ashaNeedsAtMostAQuarterOfTheEpochs() {
        assertThat(share(new Search.Tpe(), new EarlyTermination.Asha(1, 3))).isLessThanOrEqualTo(0.25);
    }

    @Test
    void hyperbandNeedsAtMostAQuarterOfTheEpochs() {
        assertThat(share(new Search.Tpe(), new EarlyTermination.Hyperband(1, 3)))
                .isLessThanOrEqualTo(0.25);
    }

    /** So that the two above say something: neither the search alone nor luck does it. */
    @Test
    void withoutEarlyTerminationItTakesMore() {
        assertThat(share(new Search.Random(), new EarlyTermination.None())).isGreaterThan(0.25);
    }

    @Test
    void theMedianRuleSavesEpochs() {
        double with = share(new Search.Tpe(), new EarlyTermination.Median(3, 3, 5));

        assertThat(with).isLessThan(share(new Search.Tpe(), new EarlyTermination.None()));
    }
}
