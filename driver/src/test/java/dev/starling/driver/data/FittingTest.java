package dev.starling.driver.data;

import static dev.starling.driver.data.Sources.csv;
import static dev.starling.driver.data.Sources.prepare;
import static dev.starling.driver.data.Sources.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.driver.LocalSpark;
import dev.starling.driver.data.DataSpec.HeldOut;
import dev.starling.driver.data.SourceSpec.Features;
import dev.starling.driver.data.SourceSpec.Missing;
import dev.starling.driver.data.SourceSpec.Policy;
import dev.starling.worker.data.Feature;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.Scale;
import dev.starling.worker.data.Split;
import dev.starling.worker.data.Target;
import dev.starling.worker.network.Loss;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FittingTest {
    private static final int ROWS = 9000;

    @TempDir
    private static Path folder;

    private static Path file;

    /** A column far from zero with a small deviation, a constant one, categories of which one is rare, and a target; some numbers are missing. */
    @BeforeAll
    static void writeRows() {
        Random random = new Random(5);
        StringBuilder text = new StringBuilder("far,same,job,y\n");
        for (int i = 0; i < ROWS; i++) {
            String far = i % 50 == 3
                    ? "?"
                    : BigDecimal.valueOf(1_000_000_000L)
                            .add(BigDecimal.valueOf(random.nextInt(1000), 3))
                            .toPlainString();
            String job = i == 17 ? "rare" : i % 2 == 0 ? "cook" : "smith";
            text.append(far)
                    .append(",4,")
                    .append(job)
                    .append(',')
                    .append(random.nextInt(100))
                    .append('\n');
        }
        file = Sources.write(folder.resolve("a.csv"), text.toString());
    }

    private static DataSpec spec(Scale scale, Scale targetScale) {
        return Sources.data(
                csv(
                        file,
                        ",",
                        false,
                        List.of("y"),
                        new Features.All(),
                        List.of("job"),
                        new Missing(List.of("?"), Policy.MEAN)),
                Optional.of(new HeldOut.Fraction(0.3)),
                Optional.empty(),
                scale,
                targetScale);
    }

    /** Mean and deviation of training values in 40 digits: column 0 (missing ones apart) or the target, last. */
    private static double[] exact(List<double[]> train, int column) {
        List<BigDecimal> values = train.stream()
                .filter(row -> !Double.isNaN(row[column]))
                .map(row -> new BigDecimal(row[column]))
                .toList();
        BigDecimal n = BigDecimal.valueOf(values.size());
        BigDecimal mean =
                values.stream().reduce(BigDecimal.ZERO, BigDecimal::add).divide(n, new MathContext(40));
        BigDecimal variance = values.stream()
                .map(value -> value.subtract(mean).pow(2))
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .divide(n, new MathContext(40));
        return new double[] {
            mean.doubleValue(), variance.sqrt(new MathContext(40)).doubleValue()
        };
    }

    /** Rows of the training split as read, found by encoding with a preparation that changes nothing a float cannot hold. */
    private static List<double[]> trainRows() {
        List<String> lines = new String(Sources.read(file), java.nio.charset.StandardCharsets.UTF_8)
                .lines()
                .skip(1)
                .toList();
        // The split is by row number alone: a numbered file of as many rows splits alike.
        StringBuilder numbered = new StringBuilder("id,y\n");
        for (int i = 0; i < ROWS; i++) {
            numbered.append(i).append(",0\n");
        }
        Path ids = Sources.write(folder.resolve("ids.csv"), numbered.toString());
        DataSpec spec = Sources.data(
                csv(ids, "y"),
                Optional.of(new HeldOut.Fraction(0.3)),
                Optional.empty(),
                new Scale.None(),
                new Scale.None());
        try (PreparedData data = prepare(spec, Loss.MEAN_SQUARED_ERROR)) {
            return rows(data, Split.TRAIN).stream()
                    .map(row -> lines.get((int) row[0]).split(","))
                    .map(fields -> new double[] {
                        fields[0].equals("?") ? Double.NaN : Double.parseDouble(fields[0]),
                        Double.parseDouble(fields[3])
                    })
                    .toList();
        }
    }

    @Test
    void standardizesByMeanAndDeviationOfTheTrainingRowsEvenFarFromZero() {
        List<double[]> train = trainRows();
        assertThat(train).hasSize(ROWS * 7 / 10);
        try (PreparedData data =
                prepare(spec(new Scale.Standardize(), new Scale.Standardize()), Loss.MEAN_SQUARED_ERROR)) {
            Feature.Numeric far =
                    (Feature.Numeric) data.preparation().features().get(0);
            assertThat(far.offset()).isEqualTo(exact(train, 0)[0]);
            assertThat(far.divisor()).isCloseTo(exact(train, 0)[1], within(1e-12));
            assertThat(far.mean()).isEqualTo(far.offset());
            Target.Values target = (Target.Values) data.preparation().target();
            assertThat(target.offsets().get(0)).isCloseTo(exact(train, 1)[0], within(1e-12));
            assertThat(target.divisors().get(0)).isCloseTo(exact(train, 1)[1], within(1e-12));
        }
    }

    @Test
    void onlyCentresAConstantColumn() {
        try (PreparedData data = prepare(spec(new Scale.Standardize(), new Scale.None()), Loss.MEAN_SQUARED_ERROR)) {
            assertThat(data.preparation().features().get(1)).isEqualTo(new Feature.Numeric("same", 4, 1, 4));
        }
    }

    @Test
    void scalesToTheRangeOfTheTrainingRows() {
        List<double[]> train = trainRows();
        double least = train.stream().mapToDouble(row -> row[1]).min().orElseThrow();
        double most = train.stream().mapToDouble(row -> row[1]).max().orElseThrow();
        try (PreparedData data = prepare(spec(new Scale.MinMax(), new Scale.MinMax()), Loss.MEAN_SQUARED_ERROR)) {
            assertThat(data.preparation().target())
                    .isEqualTo(new Target.Values(List.of("y"), List.of(least), List.of(most - least)));
            assertThat(rows(data, Split.TRAIN))
                    .allSatisfy(row -> assertThat(row[0]).isBetween(0f, 1f));
        }
    }

    @Test
    void categoriesAreThoseOfTheTrainingRows() {
        boolean[] seen = new boolean[2];
        for (long seed = 0; seed < 12; seed++) {
            try (PreparedData data = DataPipeline.prepare(
                    LocalSpark.context(),
                    spec(new Scale.None(), new Scale.None()),
                    Loss.MEAN_SQUARED_ERROR,
                    Optional.empty(),
                    seed)) {
                Feature.Categorical job =
                        (Feature.Categorical) data.preparation().features().get(2);
                boolean rareTrains = job.categories().equals(List.of("cook", "rare", "smith"));
                assertThat(rareTrains || job.categories().equals(List.of("cook", "smith")))
                        .isTrue();
                long withoutCategory = rows(data, Split.TEST).stream()
                        .filter(row -> row[2] + row[3] + (rareTrains ? row[4] : 0) == 0)
                        .count();
                assertThat(withoutCategory).isEqualTo(rareTrains ? 0 : 1);
                List<String> warnings = data.warnings();
                if (rareTrains) {
                    assertThat(warnings).isEmpty();
                } else {
                    assertThat(warnings)
                            .containsExactly("warning: column 'job': 1 row with a category that training did not have,"
                                    + " such as 'rare' (they count as none of its categories)");
                }
                seen[rareTrains ? 0 : 1] = true;
            }
        }
        assertThat(seen).containsExactly(true, true);
    }

    @Test
    void givesTheSameBitsForAnyPartitions() {
        DataSpec spec = spec(new Scale.Standardize(), new Scale.Standardize());
        try (PreparedData one = prepare(spec, Loss.MEAN_SQUARED_ERROR, 1);
                PreparedData many = prepare(spec, Loss.MEAN_SQUARED_ERROR, 4)) {
            assertThat(many.preparation()).isEqualTo(one.preparation());
        }
    }

    @Test
    void aStoredPreparationIsUsedAsItIs() {
        DataSpec spec = spec(new Scale.Standardize(), new Scale.None());
        try (PreparedData first = prepare(spec, Loss.MEAN_SQUARED_ERROR)) {
            Preparation stored = first.preparation();
            try (PreparedData second =
                    DataPipeline.prepare(LocalSpark.context(), spec, Loss.MEAN_SQUARED_ERROR, 42, stored)) {
                assertThat(rows(second, Split.TEST)).containsExactlyElementsOf(rows(first, Split.TEST));
            }
        }
    }
}
