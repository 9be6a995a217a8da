package dev.starling.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.tests.faults.Chaos.End;
import dev.starling.tests.faults.Chaos.Row;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code deploy/chaos 50} runs the long form; by itself it is one run, whose connections are cut. */
@ExtendWith(Disturbed.Extension.class)
class ChaosTest {
    private static final int RUNS = Integer.getInteger("starling.chaos.runs", 1);
    private static final long SEED = Long.getLong("starling.chaos.seed", 49);

    private final Disturbed disturbed;

    ChaosTest(Disturbed disturbed) {
        this.disturbed = disturbed;
    }

    @Test
    void everyRunEndsInTheUndisturbedBitsOrInAClearFailure() throws IOException {
        List<Row> rows = new Chaos(disturbed, SEED).runs(RUNS);

        System.out.println("of " + rows.size() + ": " + count(rows, End.SAME_BITS) + " with the undisturbed bits, "
                + count(rows, End.CLEAR_FAILURE) + " clear failures, " + count(rows, End.HANG) + " hangs, "
                + count(rows, End.WRONG) + " wrong");
        assertThat(rows).hasSize(RUNS).allMatch(row -> row.end() == End.SAME_BITS || row.end() == End.CLEAR_FAILURE);
    }

    private static long count(List<Row> rows, End end) {
        return rows.stream().filter(row -> row.end() == end).count();
    }
}
