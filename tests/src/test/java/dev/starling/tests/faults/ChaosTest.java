package dev.starling.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.tests.Launcher;
import dev.starling.tests.faults.Chaos.End;
import dev.starling.tests.faults.Chaos.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy/chaos 50} runs the long form; by itself it is two runs, of which the first is cut and the second has its executor killed. */
class ChaosTest {
    private static final int RUNS = Integer.getInteger("starling.chaos.runs", 2);
    private static final long SEED = Long.getLong("starling.chaos.seed", 49);

    @TempDir
    private Path folder;

    @Test
    void everyRunEndsInTheUndisturbedBitsOrInAClearFailure() throws IOException {
        Launcher.assumeBuilt();
        List<Row> rows = new Chaos(Disturbed.in(folder), SEED).runs(RUNS);

        System.out.println("of " + rows.size() + ": " + count(rows, End.SAME_BITS) + " with the undisturbed bits, "
                + count(rows, End.CLEAR_FAILURE) + " clear failures, " + count(rows, End.HANG) + " hangs, "
                + count(rows, End.WRONG) + " wrong");
        assertThat(rows).allMatch(row -> row.end() == End.SAME_BITS || row.end() == End.CLEAR_FAILURE);
    }

    private static long count(List<Row> rows, End end) {
        return rows.stream().filter(row -> row.end() == end).count();
    }
}
