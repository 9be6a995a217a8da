package dev.starling.driver.serialization;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Arrays to and from Kryo's streams in pieces of bytes, where Kryo's own serializers go element by element. Little-endian, as the machines are. */
final class BulkArrays {
    private static final int PIECE = 1 << 16;

    private BulkArrays() {}

    private static ByteBuffer piece(int bytes) {
        return ByteBuffer.allocate(Math.min(bytes, PIECE)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int pieceBytes(int length, int size) {
        return (int) Math.min(PIECE, (long) length * size);
    }

    static void write(Output out, byte[] values) {
        out.writeInt(values.length);
        out.writeBytes(values);
    }

    static byte[] readBytes(Input in) {
        return in.readBytes(in.readInt());
    }

    static void write(Output out, float[] values) {
        out.writeInt(values.length);
        ByteBuffer piece = piece(pieceBytes(values.length, Float.BYTES));
        int most = PIECE / Float.BYTES;
        for (int at = 0; at < values.length; at += most) {
            int length = Math.min(most, values.length - at);
            piece.asFloatBuffer().put(values, at, length);
            out.writeBytes(piece.array(), 0, length * Float.BYTES);
        }
    }

    static float[] readFloats(Input in) {
        float[] values = new float[in.readInt()];
        ByteBuffer piece = piece(pieceBytes(values.length, Float.BYTES));
        int most = PIECE / Float.BYTES;
        for (int at = 0; at < values.length; at += most) {
            int length = Math.min(most, values.length - at);
            in.readBytes(piece.array(), 0, length * Float.BYTES);
            piece.asFloatBuffer().get(values, at, length);
        }
        return values;
    }

    static void write(Output out, double[] values) {
        out.writeInt(values.length);
        ByteBuffer piece = piece(pieceBytes(values.length, Double.BYTES));
        int most = PIECE / Double.BYTES;
        for (int at = 0; at < values.length; at += most) {
            int length = Math.min(most, values.length - at);
            piece.asDoubleBuffer().put(values, at, length);
            out.writeBytes(piece.array(), 0, length * Double.BYTES);
        }
    }

    static double[] readDoubles(Input in) {
        double[] values = new double[in.readInt()];
        ByteBuffer piece = piece(pieceBytes(values.length, Double.BYTES));
        int most = PIECE / Double.BYTES;
        for (int at = 0; at < values.length; at += most) {
            int length = Math.min(most, values.length - at);
            in.readBytes(piece.array(), 0, length * Double.BYTES);
            piece.asDoubleBuffer().get(values, at, length);
        }
        return values;
    }

    static void write(Output out, int[] values) {
        out.writeInt(values.length);
        ByteBuffer piece = piece(pieceBytes(values.length, Integer.BYTES));
        int most = PIECE / Integer.BYTES;
        for (int at = 0; at < values.length; at += most) {
            int length = Math.min(most, values.length - at);
            piece.asIntBuffer().put(values, at, length);
            out.writeBytes(piece.array(), 0, length * Integer.BYTES);
        }
    }

    static int[] readInts(Input in) {
        int[] values = new int[in.readInt()];
        ByteBuffer piece = piece(pieceBytes(values.length, Integer.BYTES));
        int most = PIECE / Integer.BYTES;
        for (int at = 0; at < values.length; at += most) {
            int length = Math.min(most, values.length - at);
            in.readBytes(piece.array(), 0, length * Integer.BYTES);
            piece.asIntBuffer().get(values, at, length);
        }
        return values;
    }

    static void write(Output out, long[] values) {
        out.writeInt(values.length);
        out.writeLongs(values);
    }

    static long[] readLongs(Input in) {
        return in.readLongs(in.readInt());
    }

    static void write(Output out, String[] values) {
        out.writeInt(values.length);
        for (String value : values) {
            out.writeString(value);
        }
    }

    static String[] readStrings(Input in) {
        String[] values = new String[in.readInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readString();
        }
        return values;
    }

    static void write(Output out, String[][] values) {
        out.writeInt(values.length);
        for (String[] value : values) {
            write(out, value);
        }
    }

    static String[][] readTables(Input in) {
        String[][] values = new String[in.readInt()][];
        for (int i = 0; i < values.length; i++) {
            values[i] = readStrings(in);
        }
        return values;
    }
}
