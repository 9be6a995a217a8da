package dev.starling.tests.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.driver.selection.search.sampler.Search;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** TPE against random search, and against what Optuna's finds: medians of 101 seeds at 50 and 100 trials (Optuna 5.0, measured for this project). */
class SearchQualityTest {
    @Test
    void theFunctionsHaveTheirMinimaWhereTheyAreKnownToBe() {
        assertThat(Functions.branin(Math.PI, 2.275)).isCloseTo(0.397887, within(1e-6));
        assertThat(Functions.branin(-Math.PI, 12.275)).isCloseTo(0.397887, within(1e-6));
        double[] least = {0.20169, 0.150011, 0.476874, 0.275332, 0.311652, 0.6573};
        assertThat(Functions.hartmann6(least)).isCloseTo(-3.32237, within(1e-5));
    }

    /** The short form: few seeds. */
    @Test
    void tpeFindsBetterPointsThanRandomSearch() {
        for (Functions function :
                new Functions[] {Functions.branin(), Functions.hartmann6(), DigitsTable.asFunction()}) {
            Outcomes tpe = Outcomes.of(new Search.Tpe(), function, 50, 7);
            Outcomes random = Outcomes.of(new Search.Random(), function, 50, 7);

            assertThat(tpe.median()).as(function.name()).isLessThan(random.median());
        }
    }

    @Test
    void theTableOfRealTrainingsIsWhole() {
        DigitsTable table = DigitsTable.read();

        assertThat(table.size()).isEqualTo(table.points()).isEqualTo(1344);
        assertThat(table.least()).isBetween(0.03, 0.2);
    }

    @Test
    @Tag("full")
    void tpeIsAsGoodAsOptunas() {
        assertNoWorse(Functions.branin(), 50, 0.57);
        assertNoWorse(Functions.branin(), 100, 0.42);
        assertNoWorse(Functions.hartmann6(), 50, -2.93);
        assertNoWorse(Functions.hartmann6(), 100, -3.19);
        assertNoWorse(DigitsTable.asFunction(), 50, 0.0966);
        assertNoWorse(DigitsTable.asFunction(), 100, 0.08311);
    }

    /** Within the spread: the other's median lies above our lower quartile. */
    private static void assertNoWorse(Functions function, int trials, double optuna) {
        Outcomes ours = Outcomes.of(new Search.Tpe(), function, trials, 101);

        assertThat(ours.best()[25]).as(function.name() + " at " + trials).isLessThanOrEqualTo(optuna);
    }
}
