package dev.starling.driver.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.driver.data.CsvPlan.CountedFile;
import dev.starling.driver.data.CsvPlan.Mark;
import dev.starling.driver.data.Dataset.Part;
import dev.starling.driver.data.Schema.Column;
import dev.starling.driver.data.Schema.TargetKind;
import dev.starling.worker.data.RawBlock;
import dev.starling.worker.data.Split;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayoutTest {
    private static final Schema SCHEMA = new Schema(List.of(new Column("x", false)), List.of("y"), TargetKind.NUMBERS);

    private static CsvPlan plan(boolean compressed, int... blocksOfFiles) {
        List<CountedFile> files = new ArrayList<>();
        int first = 0;
        for (int blocks : blocksOfFiles) {
            DataFile file = new DataFile("file:/data/" + first, 1, compressed);
            files.add(new CountedFile(file, (long) blocks * RawBlock.ROWS, first, List.of(new Mark(0, 0, 0))));
            first += blocks;
        }
        Columns columns = new Columns(List.of("x", "y"), new int[] {0, 1}, new int[] {-1, -1}, SCHEMA);
        return new CsvPlan(Sources.csv(Path.of("/data"), "y"), columns, files);
    }

    /** Blocks of each part in each partition; together they must be all, in order. */
    private static List<List<Integer>> sizes(int slots, CsvPlan train, CsvPlan test) {
        Dataset dataset =
                new Dataset(List.of(new Part(Split.TRAIN, train, 0), new Part(Split.TEST, test, train.blocks())));
        List<List<Integer>> sizes = List.of(new ArrayList<>(), new ArrayList<>());
        int[] next = new int[2];
        for (Layout.Runs runs : Layout.partitions(dataset, slots)) {
            for (int part = 0; part < 2; part++) {
                assertThat(runs.from()[part]).isEqualTo(next[part]);
                next[part] = runs.to()[part];
                sizes.get(part).add(runs.to()[part] - runs.from()[part]);
            }
        }
        assertThat(next).containsExactly(train.blocks(), test.blocks());
        return sizes;
    }

    @Test
    void everySourceIsSpreadEvenlyWhateverItsFiles() {
        assertThat(sizes(3, plan(false, 2, 5, 4), plan(false, 3))).containsExactly(List.of(3, 4, 4), List.of(1, 1, 1));
    }

    @Test
    void thereAreNoMorePartitionsThanBlocks() {
        assertThat(sizes(8, plan(false, 2), plan(false, 1))).containsExactly(List.of(1, 1), List.of(0, 1));
    }

    @Test
    void aFileThatMustBeReadFromItsBeginningIsReadByEightPartitionsAtMost() {
        List<Integer> train = sizes(16, plan(true, 40), plan(true, 1)).get(0);
        assertThat(train.stream().filter(blocks -> blocks > 0)).containsOnly(5).hasSize(8);
    }

    @Test
    void largeDataTakeSeveralPartitionsPerSlot() {
        int blocks = 4 * (64 << 20) / (RawBlock.ROWS * 2 * Double.BYTES) - 4;
        assertThat(sizes(2, plan(false, blocks), plan(false, 1)).get(0))
                .hasSize(4)
                .containsOnly(blocks / 4);
    }
}
