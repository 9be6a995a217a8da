package dev.starling.worker.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.api.Test;

class FlatVectorTest {
    @Test
    void allocatedVectorsAreZeroAndAligned() {
        FlatVector vector = FlatVector.allocate(5);
        assertThat(vector.toArray()).containsExactly(0, 0, 0, 0, 0);
        assertThat(vector.pointer().address() % 64).isZero();
    }

    @Test
    void anEmptyVectorIsOne() {
        FlatVector empty = FlatVector.allocate(0);
        empty.zero();
        assertThat(empty.toArray()).isEmpty();
    }

    @Test
    void aBorrowedVectorIsTheMemoryFromThePointersPosition() {
        try (FloatPointer pointer = new FloatPointer(1, 2, 3, 4, 5)) {
            FlatVector vector = FlatVector.borrow(new FloatPointer(pointer).position(1), 3, pointer);
            assertThat(vector.toArray()).containsExactly(2, 3, 4);
            vector.set(2, new float[] {9}, 0, 1);
            assertThat(pointer.get(3)).isEqualTo(9);
            assertThat(vector.pointer().get(0)).isEqualTo(2);
        }
    }

    @Test
    void slicesShareMemory() {
        FlatVector vector = FlatVector.allocate(6);
        FlatVector slice = vector.slice(2, 3);
        slice.set(new float[] {7, 8, 9});
        assertThat(vector.toArray()).containsExactly(0, 0, 7, 8, 9, 0);
        assertThat(slice.pointer().get(1)).isEqualTo(8);
        vector.zero();
        assertThat(slice.toArray()).containsExactly(0, 0, 0);
    }

    @Test
    void anotherLengthIsRefused() {
        assertThatThrownBy(() -> FlatVector.allocate(2).set(new float[3]))
                .hasMessage("Cannot fill a vector of 2 floats: 3 given (expected as many)");
        assertThatThrownBy(() -> FlatVector.allocate(2).set(FlatVector.allocate(1)))
                .hasMessageContaining("1 given");
    }
}
