package dev.starling.driver.transport;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Arrays, by bulk copies, and texts of any length in the messages and results that cross Spark: each its length, then its content. */
public final class ArrayCodec {
    private ArrayCodec() {}

    public static void write(DataOutput out, float[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, values.length));
        bytes.asFloatBuffer().put(values);
        out.writeInt(values.length);
        out.write(bytes.array());
    }

    public static float[] readFloats(DataInput in) throws IOException {
        float[] values = new float[in.readInt()];
        content(in, values.length, Float.BYTES).asFloatBuffer().get(values);
        return values;
    }

    public static void write(DataOutput out, int[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(Integer.BYTES, values.length));
        bytes.asIntBuffer().put(values);
        out.writeInt(values.length);
        out.write(bytes.array());
    }

    public static int[] readInts(DataInput in) throws IOException {
        int[] values = new int[in.readInt()];
        content(in, values.length, Integer.BYTES).asIntBuffer().get(values);
        return values;
    }

    public static void write(DataOutput out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    public static String readText(DataInput in) throws IOException {
        return StandardCharsets.UTF_8.decode(content(in, in.readInt(), 1)).toString();
    }

    /** In the order of the names. */
    public static void write(DataOutput out, Map<String, String> texts) throws IOException {
        out.writeInt(texts.size());
        for (Map.Entry<String, String> text : new TreeMap<>(texts).entrySet()) {
            write(out, text.getKey());
            write(out, text.getValue());
        }
    }

    public static Map<String, String> readTexts(DataInput in) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (int i = in.readInt(); i > 0; i--) {
            texts.put(readText(in), readText(in));
        }
        return texts;
    }

    private static ByteBuffer content(DataInput in, int length, int size) throws IOException {
        byte[] bytes = new byte[Math.multiplyExact(size, length)];
        in.readFully(bytes);
        return ByteBuffer.wrap(bytes);
    }
}
