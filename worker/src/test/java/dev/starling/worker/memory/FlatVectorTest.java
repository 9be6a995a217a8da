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

    @Test
    void vectorsOfAClosedArenaAreAnErrorAndNoStrayRead() {
        Arena arena = new Arena();
        FlatVector vector = arena.allocate(3);
        assertThat(vector.toArray()).containsExactly(0, 0, 0);
        assertThat(vector.pointer().address() % 64).isZero();
        FlatVector slice = vector.slice(1, 2);
        arena.close();
        arena.close();
        String message = "Cannot use memory that was freed (expected use before its owner's close)";
        assertThatThrownBy(slice::toArray)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(message);
        assertThatThrownBy(vector::zero).hasMessage(message);
        assertThatThrownBy(vector::pointer).hasMessage(message);
        assertThatThrownBy(() -> FlatVector.allocate(3).set(vector)).hasMessage(message);
        assertThatThrownBy(() -> arena.allocate(1)).hasMessage(message);
        assertThatThrownBy(vector::retain).hasMessage(message);
    }

    @Test
    void anArenaIsFreedAtOnce() {
        long before = Direct.bytes();
        try (Arena arena = new Arena()) {
            arena.allocate(1 << 20);
            assertThat(Direct.bytes() - before).isGreaterThanOrEqualTo(4 << 20);
        }
        assertThat(Direct.bytes()).isEqualTo(before);
    }

    @Test
    void whatIsRetainedOutlivesItsOwnersClose() {
        long before = Direct.bytes();
        Arena arena = new Arena();
        FlatVector vector = arena.allocate(3);
        vector.slice(0, 1).retain();
        arena.close();
        vector.set(new float[] {1, 2, 3});
        assertThat(vector.toArray()).containsExactly(1, 2, 3);
        vector.release();
        assertThat(Direct.bytes()).isEqualTo(before);
        assertThatThrownBy(vector::toArray).isInstanceOf(IllegalStateException.class);
    }
}
