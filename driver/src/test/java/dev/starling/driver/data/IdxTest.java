package dev.starling.driver.data;

import static dev.starling.driver.data.CsvErrorsTest.problems;
import static dev.starling.driver.data.Sources.data;
import static dev.starling.driver.data.Sources.gzip;
import static dev.starling.driver.data.Sources.prepare;
import static dev.starling.driver.data.Sources.rows;
import static dev.starling.driver.data.Sources.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.driver.data.DataSpec.HeldOut;
import dev.starling.worker.data.Scale;
import dev.starling.worker.data.Split;
import dev.starling.worker.data.Target;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.Shape;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {
    private static final int ITEMS = 5000;

    @TempDir
    private Path folder;

    /** An IDX file whose value number i is i modulo {@code modulus}. */
    private static byte[] idx(int modulus, int... sizes) {
        int values = Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
        ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * sizes.length + values);
        bytes.putInt(0x0800 + sizes.length);
        Arrays.stream(sizes).forEach(bytes::putInt);
        for (int i = 0; i < values; i++) {
            bytes.put((byte) (i % modulus));
        }
        return bytes.array();
    }

    private SourceSpec.Idx source(byte[] features, byte[] labels) {
        return new SourceSpec.Idx(
                write(folder.resolve("x.idx"), features).toString(),
                write(folder.resolve("y.idx"), labels).toString());
    }

    @Test
    void readsImagesAndLabelsOfSeveralBlocks() {
        SourceSpec plain = source(idx(251, ITEMS, 2, 3), idx(11, ITEMS));
        SourceSpec zipped = new SourceSpec.Idx(
                gzip(folder.resolve("x.gz"), idx(251, ITEMS, 2, 3)).toString(),
                gzip(folder.resolve("y.gz"), idx(11, ITEMS)).toString());
        for (SourceSpec source : List.of(plain, zipped)) {
            try (PreparedData data = prepare(data(source), Loss.CATEGORICAL_CROSSENTROPY)) {
                assertThat(data.preparation().input()).isEqualTo(new Shape.Image(2, 3, 1));
                assertThat(data.preparation().target())
                        .isEqualTo(new Target.Classes(List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10")));
                List<float[]> rows = rows(data, Split.TRAIN);
                assertThat(rows).hasSize(ITEMS);
                for (int row = 0; row < ITEMS; row++) {
                    float[] expected = new float[7];
                    for (int i = 0; i < 6; i++) {
                        expected[i] = (row * 6 + i) % 251;
                    }
                    expected[6] = row % 11;
                    assertThat(rows.get(row)).containsExactly(expected);
                }
            }
        }
    }

    @Test
    void putsTheChannelsOfColourImagesFirst() {
        SourceSpec source = source(idx(251, 2, 1, 2, 3), idx(2, 2));
        try (PreparedData data = prepare(data(source), Loss.CATEGORICAL_CROSSENTROPY)) {
            assertThat(data.preparation().input()).isEqualTo(new Shape.Image(1, 2, 3));
            assertThat(rows(data, Split.TRAIN))
                    .containsExactly(new float[] {0, 3, 1, 4, 2, 5, 0}, new float[] {6, 9, 7, 10, 8, 11, 1});
        }
    }

    @Test
    void readsLabelsAsNumbersForARegression() {
        SourceSpec source = source(idx(251, 2, 2), idx(200, 2));
        try (PreparedData data = prepare(data(source), Loss.MEAN_SQUARED_ERROR)) {
            assertThat(data.preparation().input()).isEqualTo(new Shape.Flat(2));
            assertThat(rows(data, Split.TRAIN)).containsExactly(new float[] {0, 1, 0}, new float[] {2, 3, 1});
        }
    }

    @Test
    void namesCountsThatDiffer() {
        assertThat(problems(data(source(idx(7, 10, 2, 2), idx(2, 9))), Loss.CATEGORICAL_CROSSENTROPY))
                .containsExactly("Cannot read " + folder.resolve("x.idx") + ": it holds 10 items and "
                        + folder.resolve("y.idx") + " 9 labels (expected as many)");
    }

    @Test
    void namesHowManyItemsATruncatedFileHolds() {
        byte[] images = idx(7, 10, 2, 2);
        assertThat(problems(
                        data(source(Arrays.copyOf(images, images.length - 5), idx(2, 10))),
                        Loss.CATEGORICAL_CROSSENTROPY))
                .containsExactly("Cannot read " + folder.resolve("x.idx")
                        + ": it is truncated, it holds 8 of 10 items (expected all)");
    }

    @Test
    void namesHowManyItemsAnIncompleteGzipFileHolds() {
        byte[] images = idx(7, ITEMS, 2, 2);
        SourceSpec source = new SourceSpec.Idx(
                gzip(folder.resolve("x.gz"), Arrays.copyOf(images, images.length - 5))
                        .toString(),
                gzip(folder.resolve("y.gz"), idx(2, ITEMS)).toString());
        assertThat(problems(data(source), Loss.CATEGORICAL_CROSSENTROPY))
                .containsExactly("Cannot read " + folder.resolve("x.gz")
                        + ": it is truncated, it holds 4998 of 5000 items (expected all)");
    }

    @Test
    void namesTruncatedGzip() {
        byte[] zipped = Sources.read(gzip(folder.resolve("whole.gz"), idx(7, ITEMS, 2, 2)));
        SourceSpec source = new SourceSpec.Idx(
                write(folder.resolve("x.gz"), Arrays.copyOf(zipped, zipped.length - 20))
                        .toString(),
                gzip(folder.resolve("y.gz"), idx(2, ITEMS)).toString());
        assertThat(problems(data(source), Loss.CATEGORICAL_CROSSENTROPY))
                .singleElement()
                .asString()
                .startsWith("Cannot read " + folder.resolve("x.gz") + ": it is truncated, it holds ")
                .endsWith(" of 5000 items (expected all)");
    }

    @Test
    void namesDamagedGzip() {
        byte[] zipped = Sources.read(gzip(folder.resolve("whole.gz"), idx(7, ITEMS, 2, 2)));
        zipped[zipped.length - 6] ^= 1;
        SourceSpec source = new SourceSpec.Idx(
                write(folder.resolve("x.gz"), zipped).toString(),
                gzip(folder.resolve("y.gz"), idx(2, ITEMS)).toString());
        assertThat(problems(data(source), Loss.CATEGORICAL_CROSSENTROPY))
                .singleElement()
                .asString()
                .startsWith("Cannot read " + folder.resolve("x.gz") + ": it is damaged: ");
    }

    @Test
    void namesBytesAfterTheLastItem() {
        byte[] images = idx(7, ITEMS, 2, 2);
        byte[] longer = Arrays.copyOf(images, images.length + 3);
        assertThat(problems(data(source(longer, idx(2, ITEMS))), Loss.CATEGORICAL_CROSSENTROPY))
                .containsExactly(
                        "Cannot read " + folder.resolve("x.idx") + ": 3 bytes follow its 5000 items (expected none)");
        SourceSpec zipped = new SourceSpec.Idx(
                gzip(folder.resolve("x.gz"), longer).toString(),
                gzip(folder.resolve("y.gz"), idx(2, ITEMS)).toString());
        assertThat(problems(data(zipped), Loss.CATEGORICAL_CROSSENTROPY))
                .containsExactly(
                        "Cannot read " + folder.resolve("x.gz") + ": more bytes follow its 5000 items (expected none)");
    }

    @Test
    void namesFilesThatAreNoIdx() {
        assertThat(problems(
                        data(source("hello, world".getBytes(java.nio.charset.StandardCharsets.UTF_8), new byte[0])),
                        Loss.CATEGORICAL_CROSSENTROPY))
                .containsExactly(
                        "Cannot read " + folder.resolve("x.idx")
                                + ": it begins with 0x68656C6C (expected 0x00000801 to 0x00000804, an IDX file of unsigned bytes)",
                        "Cannot read " + folder.resolve("y.idx")
                                + ": it is empty or truncated (expected an IDX file's header)");
    }

    @Test
    void namesTheItemOfALabelThatTrainingDoesNotKnow() {
        SourceSpec train = source(idx(7, 4, 2), idx(2, 4));
        Path images = write(folder.resolve("t.idx"), idx(7, 4, 2));
        Path labels = write(folder.resolve("l.idx"), idx(3, 4));
        DataSpec spec = data(
                train,
                Optional.of(new HeldOut.Source(new SourceSpec.Idx(images.toString(), labels.toString()))),
                Optional.empty(),
                new Scale.None(),
                new Scale.None());
        assertThat(problems(spec, Loss.CATEGORICAL_CROSSENTROPY))
                .containsExactly("Cannot use " + labels
                        + ", item 3: class '2' is not in the training data (expected one of 0, 1)");
    }
}
