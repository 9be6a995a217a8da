package dev.starling.driver.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.driver.LocalSpark;
import dev.starling.driver.data.DataSpec.HeldOut;
import dev.starling.driver.data.SourceSpec.Features;
import dev.starling.driver.data.SourceSpec.Missing;
import dev.starling.driver.data.SourceSpec.Policy;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.data.ExampleBlock;
import dev.starling.worker.data.Feature;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.Scale;
import dev.starling.worker.data.Split;
import dev.starling.worker.data.TargetCoding;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RawDataTest {
    private static final int ROWS = 9_000;

    @TempDir
    static Path folder;

    /** Three blocks; a missing number and one of five colours now and then. */
    @BeforeAll
    static void write() {
        StringBuilder csv = new StringBuilder("x,colour,who,y,kind\n");
        for (int i = 0; i < ROWS; i++) {
            csv.append(i % 7 == 0 ? "" : String.valueOf(3 + Math.sin(i))).append(',');
            csv.append(i % 11 == 0 ? "" : "c" + i % 5).append(',').append("p").append(i / 10);
            csv.append(',').append(100 + Math.cos(i)).append(',').append(i % 3 == 0 ? "odd" : "even");
            csv.append('\n');
        }
        Sources.write(folder.resolve("rows.csv"), csv.toString());
    }

    private static DataSpec spec(String target, Features features, Scale scale, Scale targetScale) {
        SourceSpec.Csv csv = Sources.csv(
                folder.resolve("rows.csv"),
                ",",
                false,
                List.of(target),
                features,
                List.of("colour"),
                new Missing(List.of(""), Policy.MEAN));
        return Sources.data(
                csv.withAside(List.of("who")),
                Optional.of(new HeldOut.Fraction(0.2)),
                Optional.of(new HeldOut.Fraction(0.1)),
                scale,
                targetScale);
    }

    private static RawData open(DataSpec spec, Loss loss) {
        return RawData.open(LocalSpark.context(), spec, loss, 42);
    }

    private static RawRows rows(RawData data) {
        return data.assembly().of(data.blocks().collect());
    }

    static List<DataSpec> specs() {
        List<DataSpec> specs = new ArrayList<>();
        for (Scale scale : List.of(new Scale.Standardize(), new Scale.MinMax(), new Scale.None())) {
            specs.add(spec("y", new Features.Drop(List.of("kind")), scale, scale));
        }
        return specs;
    }

    @ParameterizedTest
    @MethodSource("specs")
    void aPreparationFittedInOneTaskIsThatOfTheClusterToTheBit(DataSpec spec) {
        try (RawData raw = open(spec, Loss.MEAN_SQUARED_ERROR);
                PreparedData prepared = Sources.prepare(spec, Loss.MEAN_SQUARED_ERROR)) {
            Preparation fitted = rows(raw).fit(raw.split().train(), spec.scale(), spec.targetScale(), Optional.empty());

            assertThat(fitted).isEqualTo(prepared.preparation());
            assertThat(fitted.features()).extracting(Feature::name).containsExactly("x", "colour");
            assertThat(raw.rows(Split.TEST)).isEqualTo(prepared.rows(Split.TEST));
        }
    }

    @Test
    void splitsAreThoseOfTraining() {
        DataSpec spec = specs().get(0);
        try (RawData raw = open(spec, Loss.MEAN_SQUARED_ERROR);
                PreparedData prepared = Sources.prepare(spec, Loss.MEAN_SQUARED_ERROR)) {
            RawData.Rows split = raw.split();
            Preparation preparation = prepared.preparation();
            try (ExampleBlock all = rows(raw).encode(preparation, folder, Long.MAX_VALUE)) {
                assertThat(gather(all, preparation, split.validation()))
                        .isEqualTo(flat(Sources.rows(prepared, Split.VALIDATION), preparation.featureSize()));
                assertThat(gather(all, preparation, split.test()))
                        .isEqualTo(flat(Sources.rows(prepared, Split.TEST), preparation.featureSize()));
            }
            assertThat(IntStream.of(split.train()).distinct().count()).isEqualTo(prepared.rows(Split.TRAIN));
        }
    }

    private static List<Float> gather(ExampleBlock block, Preparation preparation, int[] rows) {
        FlatVector features = FlatVector.allocate(rows.length * preparation.featureSize());
        FlatVector targets = FlatVector.allocate(rows.length);
        block.gather(
                rows,
                0,
                rows.length,
                TargetCoding.of(preparation, Loss.MEAN_SQUARED_ERROR, new Shape.Flat(1)),
                features,
                targets);
        List<Float> values = new ArrayList<>();
        for (float value : features.toArray()) {
            values.add(value);
        }
        return values;
    }

    private static List<Float> flat(List<float[]> rows, int features) {
        List<Float> values = new ArrayList<>();
        rows.forEach(row -> {
            for (int i = 0; i < features; i++) {
                values.add(row[i]);
            }
        });
        return values;
    }

    @Test
    void aRowThatStandsTwiceCountsTwice() {
        DataSpec spec = specs().get(0);
        try (RawData raw = open(spec, Loss.MEAN_SQUARED_ERROR)) {
            Preparation fitted =
                    rows(raw).fit(new int[] {5, 1, 5}, new Scale.Standardize(), new Scale.None(), Optional.empty());

            double mean = (2 * (3 + Math.sin(5)) + 3 + Math.sin(1)) / 3;
            assertThat(((Feature.Numeric) fitted.features().get(0)).offset())
                    .isCloseTo(mean, org.assertj.core.api.Assertions.within(1e-12));
        }
    }

    @Test
    void classesAndColumnsAsideAreKnownRowByRow() {
        DataSpec spec = spec("kind", new Features.All(), new Scale.None(), new Scale.None());
        try (RawData raw = open(spec, Loss.CATEGORICAL_CROSSENTROPY)) {
            int[] classes = raw.classOfRow();
            RawData.Values who = raw.aside(0);

            assertThat(raw.classes()).containsExactly("even", "odd");
            assertThat(who.names()).hasSize(ROWS / 10).startsWith("p0", "p1");
            for (int i = 0; i < ROWS; i++) {
                assertThat(classes[i]).isEqualTo(i % 3 == 0 ? 1 : 0);
                assertThat(who.names().get(who.codes()[i])).isEqualTo("p" + i / 10);
            }
        }
    }

    @Test
    void aColumnAsideThatIsNotThereOrAFeatureIsInvalid() {
        SourceSpec.Csv csv = (SourceSpec.Csv) spec("kind", new Features.All(), new Scale.None(), new Scale.None())
                .train();

        assertThatThrownBy(() -> open(Sources.data(csv.withAside(List.of("whom"))), Loss.CATEGORICAL_CROSSENTROPY))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(
                        "crossValidation names column 'whom', which it does not have (did you mean 'who'?");
        DataSpec listed = spec("kind", new Features.Only(List.of("x", "who")), new Scale.None(), new Scale.None());
        assertThatThrownBy(() -> open(listed, Loss.CATEGORICAL_CROSSENTROPY))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("column 'who' is a feature and crossValidation's (expected one of the two)");
    }
}
