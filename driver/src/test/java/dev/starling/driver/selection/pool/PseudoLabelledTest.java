package dev.starling.driver.selection.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.driver.LocalSpark;
import dev.starling.driver.data.DataPipeline;
import dev.starling.driver.data.DataSpec;
import dev.starling.driver.data.PreparedData;
import dev.starling.driver.data.RawData;
import dev.starling.driver.data.RawRows;
import dev.starling.driver.data.SourceSpec;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.data.ExampleBlock;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.RowChunk;
import dev.starling.worker.data.Split;
import dev.starling.worker.network.Loss;
import dev.starling.worker.pseudolabels.PseudoLabelSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PseudoLabelledTest {
    private static final PseudoLabelSpec LABELS = new PseudoLabelSpec(40, 60, 0.9, 100, Rings.SEED);

    @TempDir
    private Path folder;

    private static DataSpec with(DataSpec spec, PseudoLabelSpec labels, Optional<SourceSpec> unlabelled) {
        return new DataSpec(
                spec.description(),
                spec.train(),
                spec.test(),
                spec.validation(),
                spec.scale(),
                spec.targetScale(),
                spec.targetIsInput(),
                unlabelled,
                spec.products(),
                Optional.empty(),
                Optional.of(labels));
    }

    private static PreparedData prepare(DataSpec spec) {
        return DataPipeline.prepare(
                LocalSpark.context(), spec, Loss.CATEGORICAL_CROSSENTROPY, Optional.empty(), Rings.SEED);
    }

    private static List<String> rows(Stream<RowChunk> chunks) {
        List<String> rows = new ArrayList<>();
        chunks.forEach(chunk -> {
            for (int at = 0; at < chunk.values().length; at += chunk.width()) {
                rows.add(Arrays.toString(Arrays.copyOfRange(chunk.values(), at, at + chunk.width())));
            }
        });
        return rows;
    }

    private static List<String> rows(PreparedData data, Split split) {
        return rows(data.encoded(split).collect().stream());
    }

    @Test
    void aUnitLearnsFromTheRowsAndLabelsThatTrainingOnTheClusterLearnsFrom() {
        DataSpec spec = with(Rings.spec(folder), LABELS, Optional.empty());
        try (RawData raw = RawData.open(LocalSpark.context(), spec, Loss.CATEGORICAL_CROSSENTROPY, Rings.SEED);
                PreparedData prepared = prepare(spec)) {
            RawRows all = raw.assembly().of(raw.blocks().collect());
            int[] train = RowChoice.holdOut(raw).train();
            Preparation preparation = all.fit(train, spec.scale(), spec.targetScale(), Optional.empty());
            try (ExampleBlock encoded = all.encode(preparation, folder, Long.MAX_VALUE)) {
                LearnedRows learned = LearnedRows.of(train, preparation, encoded, LABELS);
                List<String> own = new ArrayList<>();
                float[] row = new float[preparation.width()];
                for (int i = 0; i < learned.rows().length; i++) {
                    encoded.read(learned.rows()[i], row);
                    row[row.length - 1] = learned.labels()[i];
                    own.add(Arrays.toString(row));
                }
                assertThat(own).hasSizeBetween(200, train.length - 1);
                assertThat(rows(prepared, Split.TRAIN)).containsExactlyInAnyOrderElementsOf(own);
            }
        }
    }

    @Test
    void rowsThatStandTwiceCountTwice() {
        DataSpec spec = Rings.spec(folder);
        try (RawData raw = RawData.open(LocalSpark.context(), spec, Loss.CATEGORICAL_CROSSENTROPY, Rings.SEED)) {
            RawRows all = raw.assembly().of(raw.blocks().collect());
            int[] train = RowChoice.holdOut(raw).train();
            int[] twice =
                    IntStream.concat(IntStream.of(train), IntStream.of(train)).toArray();
            Preparation preparation = all.fit(train, spec.scale(), spec.targetScale(), Optional.empty());
            try (ExampleBlock encoded = all.encode(preparation, folder, Long.MAX_VALUE)) {
                LearnedRows once = LearnedRows.of(train, preparation, encoded, LABELS);
                LearnedRows both = LearnedRows.of(twice, preparation, encoded, LABELS);
                assertThat(both.rows()).startsWith(once.rows()).hasSize(2 * once.rows().length);
                assertThat(both.labels()).startsWith(once.labels()).endsWith(once.labels());
            }
        }
    }

    @Test
    void validationAndTestRowsStayAsTheyAreAndDecideNothing() throws IOException {
        DataSpec plain = Rings.spec(folder);
        DataSpec spec = with(plain, LABELS, Optional.empty());
        List<String> labelled;
        int[] others;
        try (PreparedData without = prepare(plain);
                PreparedData with = prepare(spec);
                RawData raw = Rings.raw(folder)) {
            assertThat(rows(with, Split.VALIDATION)).isNotEmpty().isEqualTo(rows(without, Split.VALIDATION));
            assertThat(rows(with, Split.TEST)).isNotEmpty().isEqualTo(rows(without, Split.TEST));
            assertThat(with.warnings()).anyMatch(line -> line.startsWith("pseudo-labels: 60 training rows"));
            labelled = rows(with, Split.TRAIN);
            RawData.Rows split = raw.split();
            others = IntStream.concat(IntStream.of(split.validation()), IntStream.of(split.test()))
                    .toArray();
        }
        Rings.spoil(folder.resolve("rings"), others);
        try (PreparedData spoiled = prepare(spec)) {
            assertThat(rows(spoiled, Split.TRAIN)).isEqualTo(labelled);
        }
    }

    @Test
    void examplesThatCameWithoutLabelsAreDealtWithTheirClustersLabel() throws IOException {
        Path more =
                Files.writeString(folder.resolve("more.csv"), "x,y,side\n1,0.1,up\n2,0.1,up\n3,0.1,up\n50,50,down\n");
        SourceSpec.Csv train = (SourceSpec.Csv) Rings.spec(folder).train();
        SourceSpec unlabelled = new SourceSpec.Csv(
                more.toString(),
                true,
                ",",
                '"',
                false,
                List.of(),
                train.features(),
                train.categorical(),
                train.missing());
        PseudoLabelSpec all = new PseudoLabelSpec(60, 0, 1, 100, Rings.SEED);
        DataSpec spec = with(Rings.spec(folder), all, Optional.of(unlabelled));
        try (PreparedData data = prepare(spec);
                PreparedData without = prepare(Rings.spec(folder))) {
            // The one at (50, 50) is a cluster of its own.
            assertThat(data.rows(Split.TRAIN)).isEqualTo(without.rows(Split.TRAIN) + 3);
            assertThat(rows(data, Split.TRAIN)).containsAll(rows(without, Split.TRAIN));
            List<RowChunk> dealt = data.deal(2).collect();
            List<String> train2 = rows(dealt.stream().filter(chunk -> chunk.split() == Split.TRAIN));
            assertThat(train2).containsExactlyInAnyOrderElementsOf(rows(data, Split.TRAIN));
            int[] slots = dealt.stream()
                    .filter(chunk -> chunk.split() == Split.TRAIN)
                    .flatMapToInt(chunk -> IntStream.of(chunk.slots()))
                    .sorted()
                    .toArray();
            assertThat(slots)
                    .isEqualTo(IntStream.concat(
                                    IntStream.range(0, data.trainRows(0, 2)), IntStream.range(0, data.trainRows(1, 2)))
                            .sorted()
                            .toArray());
        }
        assertThatThrownBy(() -> RawData.open(LocalSpark.context(), spec, Loss.CATEGORICAL_CROSSENTROPY, 1))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("Cannot use data.unlabelled beside data.pseudoLabels in folds and trials");
    }
}
