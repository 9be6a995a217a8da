package dev.starling.driver.data;

import static dev.starling.driver.data.Sources.data;
import static dev.starling.driver.data.Sources.prepare;
import static dev.starling.driver.data.Sources.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.starling.driver.data.DataSpec.HeldOut;
import dev.starling.driver.data.SourceSpec.Features;
import dev.starling.driver.data.SourceSpec.Missing;
import dev.starling.driver.data.SourceSpec.Policy;
import dev.starling.worker.data.Feature;
import dev.starling.worker.data.Scale;
import dev.starling.worker.data.Split;
import dev.starling.worker.data.Target;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Against the checks in the manifests of the data folder. */
class RealDataTest {
    private static Path folder(String name) {
        String root = System.getenv("STARLING_DATA");
        assumeTrue(
                root != null && Files.isDirectory(Path.of(root)),
                "skipped: STARLING_DATA does not name a folder with the data sets");
        return Path.of(root, name);
    }

    private static double[] columnSums(List<float[]> rows) {
        double[] sums = new double[rows.get(0).length];
        for (float[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                sums[i] += row[i];
            }
        }
        return sums;
    }

    @Test
    void fashionMnistHasItsPixelsAndLabels() {
        Path folder = folder("fashion-mnist");
        DataSpec spec = data(
                idx(folder, "train"),
                Optional.of(new HeldOut.Source(idx(folder, "t10k"))),
                Optional.empty(),
                new Scale.None(),
                new Scale.None());
        try (PreparedData data = prepare(spec, Loss.CATEGORICAL_CROSSENTROPY)) {
            assertThat(data.preparation().input()).isEqualTo(new Shape.Image(28, 28, 1));
            holds(rows(data, Split.TRAIN), 60_000, 3_431_114_169L, 9, 0, 0, 3, 0, 2, 7, 2, 5, 5);
            holds(rows(data, Split.TEST), 10_000, 573_469_082L, 9, 2, 1, 1, 6, 1, 4, 6, 5, 7);
        }
    }

    private static SourceSpec idx(Path folder, String part) {
        return new SourceSpec.Idx(
                folder.resolve(part + "-images-idx3-ubyte.gz").toString(),
                folder.resolve(part + "-labels-idx1-ubyte.gz").toString());
    }

    private static void holds(List<float[]> rows, int count, long pixelSum, Integer... labels) {
        assertThat(rows).hasSize(count);
        double[] sums = columnSums(rows);
        double pixels = 0;
        for (int i = 0; i < 784; i++) {
            pixels += sums[i];
        }
        assertThat((long) pixels).isEqualTo(pixelSum);
        assertThat(rows.stream().limit(10).map(row -> (int) row[784])).containsExactly(labels);
        int[] perClass = new int[10];
        rows.forEach(row -> perClass[(int) row[784]]++);
        assertThat(perClass).containsOnly(count / 10);
    }

    @Test
    void banknoteHasItsSums() {
        Path file = folder("banknote").resolve("data_banknote_authentication.txt");
        try (PreparedData data = prepare(data(Sources.headerless(file, ",", "-1")), Loss.BINARY_CROSSENTROPY)) {
            assertThat(data.preparation().target()).isEqualTo(new Target.Classes(List.of("0", "1")));
            isClose(columnSums(rows(data, Split.TRAIN)), 595.084773, 2637.468482, 1917.544405, -1634.952745, 610);
        }
    }

    @Test
    void autoMpgHasItsSums() {
        Path file = folder("auto-mpg").resolve("AutoMPG-numeric.tsv");
        SourceSpec source =
                Sources.csv(file, "\t", false, List.of("mpg"), new Features.All(), List.of(), Sources.NONE_MISSING);
        try (PreparedData data = prepare(data(source), Loss.MEAN_SQUARED_ERROR)) {
            assertThat(data.rows(Split.TRAIN)).isEqualTo(392);
            isClose(columnSums(rows(data, Split.TRAIN)), 2145, 76209.5, 40952, 1167213, 6092.2, 29784, 618, 9190.8);
        }
    }

    @Test
    void digitsHaveTheirSums() {
        Path file = folder("sklearn-toy").resolve("digits.csv.gz");
        try (PreparedData data = prepare(data(Sources.headerless(file, ",", "-1")), Loss.CATEGORICAL_CROSSENTROPY)) {
            List<float[]> rows = rows(data, Split.TRAIN);
            assertThat(rows).hasSize(1797);
            double[] sums = columnSums(rows);
            double features = 0;
            for (int i = 0; i < 64; i++) {
                features += sums[i];
            }
            assertThat(features).isEqualTo(561_718);
        }
    }

    @Test
    void adultHasItsSumsClassesAndMissingValues() {
        Path folder = folder("adult");
        List<String> categorical = List.of(
                "workclass",
                "education",
                "marital_status",
                "occupation",
                "relationship",
                "race",
                "sex",
                "native_country");
        List<Integer> kept = new ArrayList<>();
        for (Policy policy : List.of(Policy.MEAN, Policy.DROP)) {
            SourceSpec source = Sources.csv(
                    folder.resolve("adult-train.csv.gz"),
                    ",",
                    false,
                    List.of("income"),
                    new Features.All(),
                    categorical,
                    new Missing(List.of("?"), policy));
            try (PreparedData data = prepare(data(source), Loss.BINARY_CROSSENTROPY)) {
                assertThat(data.preparation().target()).isEqualTo(new Target.Classes(List.of("<=50K", ">50K")));
                assertThat(data.preparation().features().get(0)).isInstanceOf(Feature.Numeric.class);
                List<float[]> rows = rows(data, Split.TRAIN);
                kept.add(rows.size());
                if (policy == Policy.MEAN) {
                    double[] sums = columnSums(rows);
                    assertThat(sums[0]).isEqualTo(1_256_257);
                    assertThat(sums[sums.length - 1]).isEqualTo(7841);
                }
            }
        }
        assertThat(kept).containsExactly(32_561, 32_561 - 2399);
    }

    @Test
    void golubHasItsClassesAndExpressionsInThousandsOfColumns() {
        Path file = folder("golub-leukemia").resolve("golub_72x7129.csv.gz");
        SourceSpec source = Sources.csv(
                file,
                ",",
                false,
                List.of("class"),
                new Features.Drop(List.of("patient", "split")),
                List.of(),
                Sources.NONE_MISSING);
        try (PreparedData data = prepare(data(source), Loss.CATEGORICAL_CROSSENTROPY)) {
            assertThat(data.preparation().target()).isEqualTo(new Target.Classes(List.of("ALL", "AML")));
            double[] sums = columnSums(rows(data, Split.TRAIN));
            assertThat(sums).hasSize(7130);
            assertThat(sums[7129]).isEqualTo(25);
            assertThat(Arrays.stream(sums).limit(7129).sum()).isEqualTo(318_124_975);
        }
    }

    private static void isClose(double[] sums, double... expected) {
        assertThat(sums).hasSize(expected.length);
        for (int i = 0; i < sums.length; i++) {
            assertThat(sums[i]).isCloseTo(expected[i], within(1e-6 * Math.max(1000, Math.abs(expected[i]))));
        }
    }
}
