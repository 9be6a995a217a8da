package dev.starling.worker.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class NativeGarbageTest {
    private final AtomicLong resident = new AtomicLong(5L << 30);
    private final AtomicInteger collections = new AtomicInteger();
    private final NativeGarbage garbage = new NativeGarbage(resident::get, collections::incrementAndGet);

    @Test
    void aGigabyteMoreIsACollection() {
        look(64);
        resident.addAndGet(1L << 30);
        look(64);
        assertThat(collections).hasValue(0);
        resident.addAndGet(1);
        look(63);
        assertThat(collections).hasValue(0);
        look(1);
        assertThat(collections).hasValue(1);
    }

    @Test
    void whatStaysAfterACollectionIsNotCollectedAgain() {
        resident.addAndGet(2L << 30);
        look(640);
        assertThat(collections).hasValue(1);
        resident.addAndGet(2L << 30);
        look(640);
        assertThat(collections).hasValue(2);
    }

    private void look(int steps) {
        for (int i = 0; i < steps; i++) {
            garbage.look();
        }
    }

    /** With JavaCPP's switch nopointergc they are not, whatever ND4J says of it. */
    @Test
    void arraysThatNobodyClosesAreFreedByACollection() throws InterruptedException {
        make(30);
        long before = Pointer.physicalBytes();
        for (int i = 0; i < 20; i++) {
            make(30);
            System.gc();
            // ND4J's own threads do the freeing.
            Thread.sleep(20);
        }
        assertThat(Pointer.physicalBytes() - before).isLessThan(500L << 20);
    }

    /** 4 MB each, written to. */
    private static void make(int arrays) {
        for (int i = 0; i < arrays; i++) {
            Nd4j.ones(DataType.FLOAT, 1 << 20);
        }
    }
}
