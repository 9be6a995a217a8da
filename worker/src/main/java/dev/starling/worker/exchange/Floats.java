package dev.starling.worker.exchange;

import dev.starling.worker.memory.FlatVector;
import java.nio.ByteBuffer;

/** Full precision: a vector as it is. */
record Floats(FlatVector vector) implements Values {
    @Override
    public int length() {
        return vector.length();
    }

    @Override
    public int bytesPerValue() {
        return Float.BYTES;
    }

    @Override
    public ByteBuffer bytes() {
        return vector.bytes();
    }

    @Override
    public void get(int at, float[] into, int length) {
        vector.get(at, into, 0, length);
    }

    @Override
    public void set(int at, float[] from, int length) {
        vector.set(at, from, 0, length);
    }

    @Override
    public Values allocate(int length) {
        return new Floats(FlatVector.allocate(length));
    }
}
