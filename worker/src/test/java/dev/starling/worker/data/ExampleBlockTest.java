package dev.starling.worker.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.worker.memory.FlatVector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleBlockTest {
    private static final int ROWS = 101;
    private static final int FEATURES = 3;

    @TempDir
    private Path folder;

    /** Rows r with features 10r, 10r+1, 10r+2 and class r mod 4. */
    private static RowChunk chunk(int... slots) {
        float[] values = new float[slots.length * 4];
        for (int i = 0; i < slots.length; i++) {
            for (int j = 0; j < FEATURES; j++) {
                values[4 * i + j] = 10 * slots[i] + j;
            }
            values[4 * i + 3] = slots[i] % 4;
        }
        return new RowChunk(Split.TRAIN, 0, slots, 4, values);
    }

    private static void fill(ExampleBlock block) {
        for (int slot = ROWS - 1; slot > 0; slot -= 2) {
            block.put(chunk(slot, slot - 1));
        }
        block.put(chunk(0));
        block.requireComplete();
    }

    private static void gathersWhatWasPut(ExampleBlock block) {
        fill(block);
        int[] order = EpochOrder.shuffled(ROWS, 3);
        FlatVector features = FlatVector.allocate(10 * FEATURES);
        FlatVector targets = FlatVector.allocate(10 * 4);
        for (int from = 0; from + 10 <= ROWS; from += 10) {
            block.gather(order, from, 10, new TargetCoding.OneHot(4), features, targets);
            for (int i = 0; i < 10; i++) {
                int row = order[from + i];
                float[] oneHot = new float[4];
                oneHot[row % 4] = 1;
                assertThat(Arrays.copyOfRange(features.toArray(), FEATURES * i, FEATURES * (i + 1)))
                        .containsExactly(10 * row, 10 * row + 1, 10 * row + 2);
                assertThat(Arrays.copyOfRange(targets.toArray(), 4 * i, 4 * (i + 1)))
                        .containsExactly(oneHot);
            }
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void gathersShuffledBatchesFromTheHeap() throws IOException {
        try (ExampleBlock block = ExampleBlock.allocate(ROWS, FEATURES, 1, folder, 1L << 20)) {
            assertThat(block.isMapped()).isFalse();
            assertThat(files()).isEmpty();
            gathersWhatWasPut(block);
        }
    }

    @Test
    void gathersShuffledBatchesFromAFileThatGoesWithTheBlock() throws IOException {
        try (ExampleBlock block = ExampleBlock.allocate(ROWS, FEATURES, 1, folder, ROWS * 16L - 1)) {
            assertThat(block.isMapped()).isTrue();
            assertThat(files()).hasSize(1);
            gathersWhatWasPut(block);
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void keepsRowsWholeInSegments() {
        for (long heap : new long[] {0, Long.MAX_VALUE}) {
            // 70 bytes hold four rows of 16.
            try (ExampleBlock block = ExampleBlock.allocate(ROWS, FEATURES, 1, folder, heap, 70)) {
                gathersWhatWasPut(block);
            }
        }
    }

    @Test
    void refusesToFillASlotTwiceOrOneOutside() {
        try (ExampleBlock block = ExampleBlock.allocate(2, FEATURES, 1, folder, 1000)) {
            block.put(chunk(1));
            assertThatThrownBy(() -> block.put(chunk(1)))
                    .hasMessage(
                            "Cannot take an example for slot 1: it is filled or outside (expected each of 0 to 1 once)");
            assertThatThrownBy(() -> block.put(chunk(2))).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void namesTheFirstExampleThatIsMissing() {
        try (ExampleBlock block = ExampleBlock.allocate(3, FEATURES, 1, folder, 1000)) {
            block.put(chunk(0));
            block.put(chunk(2));
            assertThatThrownBy(block::requireComplete)
                    .hasMessage("Cannot train: 2 of 3 examples arrived (expected all); the first that is missing is 1");
        }
    }

    @Test
    void aChunkGathersConsecutiveRows() {
        FlatVector features = FlatVector.allocate(2 * FEATURES);
        FlatVector targets = FlatVector.allocate(2 * FEATURES);
        chunk(4, 5, 6).gather(1, 2, new TargetCoding.CopyFeatures(FEATURES), FEATURES, features, targets);
        assertThat(features.toArray()).containsExactly(50, 51, 52, 60, 61, 62);
        assertThat(targets.toArray()).containsExactly(50, 51, 52, 60, 61, 62);
    }
}
