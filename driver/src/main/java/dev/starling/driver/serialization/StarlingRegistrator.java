package dev.starling.driver.serialization;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import org.apache.spark.serializer.KryoRegistrator;

/** Registers every type that crosses Spark in Starling's jobs. */
public final class StarlingRegistrator implements KryoRegistrator {
    @Override
    public void registerClasses(Kryo kryo) {
        registerArrays(kryo);
        DataSerializers.register(kryo);
    }

    private static void registerArrays(Kryo kryo) {
        kryo.register(float[].class, new OfFloats());
        kryo.register(double[].class, new OfDoubles());
        kryo.register(int[].class, new OfInts());
        kryo.register(byte[].class, new OfBytes());
        kryo.register(long[].class);
        kryo.register(boolean[].class);
        kryo.register(String[].class);
        kryo.register(Object[].class);
        kryo.register(Integer[].class);
        kryo.register(byte[][].class);
        kryo.register(float[][].class);
        kryo.register(double[][].class);
        kryo.register(int[][].class);
        kryo.register(long[][].class);
        kryo.register(String[][].class);
    }

    private static final class OfFloats extends Serializer<float[]> {
        @Override
        public void write(Kryo kryo, Output out, float[] values) {
            BulkArrays.write(out, values);
        }

        @Override
        public float[] read(Kryo kryo, Input in, Class<float[]> type) {
            return BulkArrays.readFloats(in);
        }
    }

    private static final class OfDoubles extends Serializer<double[]> {
        @Override
        public void write(Kryo kryo, Output out, double[] values) {
            BulkArrays.write(out, values);
        }

        @Override
        public double[] read(Kryo kryo, Input in, Class<double[]> type) {
            return BulkArrays.readDoubles(in);
        }
    }

    private static final class OfInts extends Serializer<int[]> {
        @Override
        public void write(Kryo kryo, Output out, int[] values) {
            BulkArrays.write(out, values);
        }

        @Override
        public int[] read(Kryo kryo, Input in, Class<int[]> type) {
            return BulkArrays.readInts(in);
        }
    }

    private static final class OfBytes extends Serializer<byte[]> {
        @Override
        public void write(Kryo kryo, Output out, byte[] values) {
            BulkArrays.write(out, values);
        }

        @Override
        public byte[] read(Kryo kryo, Input in, Class<byte[]> type) {
            return BulkArrays.readBytes(in);
        }
    }
}
