package dev.starling.driver.serialization;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/** Arrays to and from Kryo's streams in pieces of bytes, where Kryo's own serializers go element by element. Little-endian, as the machines are. */
final class BulkArrays {
    private static final int PIECE = 1 << 16;

    private BulkArrays() {}

    private static byte[] piece(int length, int size) {
        return new byte[(int) Math.min(PIECE, (long) length * size)];
    }

    private static ByteBuffer view(byte[] piece) {
        return ByteBuffer.wrap(piece).order(ByteOrder.LITTLE_ENDIAN);
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
        byte[] piece = piece(values.length, Float.BYTES);
        FloatBuffer view = view(piece).asFloatBuffer();
        int most = PIECE / Float.BYTES;
        for (int at = 0; at < values.length; at += most) {
            int length = Math.min(most, values.length - at);
            view.put(0, values, at, length);
            out.writeBytes(piece, 0, length * Float.BYTES);
        }
    }

    static float[] readFloats(Input in) {
        float[] values = new float[in.readInt()];
        byte[] piece = piece(values.length, Float.BYTES);
        FloatBuffer view = view(piece).asFloatBuffer();
        int most = PIECE / Float.BYTES;
        for (int at = 0; at < values.length; at += most) {
            int length = Math.min(most, values.length - at);
            in.readBytes(piece, 0, length * Float.BYTES);
            view.get(0, values, at, length);
        }
        return values;
    }

    static void write(Output out, double[] values) {
        out.writeInt(values.length);
        byte[] piece = piece(values.length, Double.BYTES);
        DoubleBuffer view = view(piece).asDoubleBuffer();
        int most = PIECE / Double.BYTES;
        for (int at = 0; at < values.length; at += most) {
            int length = Math.min(most, values.length - at);
            view.put(0, values, at, length);
            out.writeBytes(piece, 0, length * Double.BYTES);
        }
    }

    static double[] readDoubles(Input in) {
        double[] values = new double[in.readInt()];
        byte[] piece = piece(values.length, Double.BYTES);
        DoubleBuffer view = view(piece).asDoubleBuffer();
        int most = PIECE / Double.BYTES;
        for (int at = 0; at < values.length; at += most) {
            int length = Math.min(most, values.length - at);
            in.readBytes(piece, 0, length * Double.BYTES);
            view.get(0, values, at, length);
        }
        return values;
    }

    static void write(Output out, int[] values) {
        out.writeInt(values.length);
        byte[] piece = piece(values.length, Integer.BYTES);
        IntBuffer view = view(piece).asIntBuffer();
        int most = PIECE / Integer.BYTES;
        for (int at = 0; at < values.length; at += most) {
            int length = Math.min(most, values.length - at);
            view.put(0, values, at, length);
            out.writeBytes(piece, 0, length * Integer.BYTES);
        }
    }

    static int[] readInts(Input in) {
        int[] values = new int[in.readInt()];
        byte[] piece = piece(values.length, Integer.BYTES);
        IntBuffer view = view(piece).asIntBuffer();
        int most = PIECE / Integer.BYTES;
        for (int at = 0; at < values.length; at += most) {
            int length = Math.min(most, values.length - at);
            in.readBytes(piece, 0, length * Integer.BYTES);
            view.get(0, values, at, length);
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
