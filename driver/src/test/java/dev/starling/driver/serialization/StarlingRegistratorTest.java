package dev.starling.driver.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.worker.data.RawBlock;
import dev.starling.worker.data.RowChunk;
import dev.starling.worker.data.Split;
import java.nio.ByteBuffer;
import java.util.Random;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.api.Test;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

class StarlingRegistratorTest {
    private static final SerializerInstance KRYO =
            new KryoSerializer(StarlingSpark.configure(new SparkConf(false))).newInstance();

    private static <T> T roundTrip(T value, Class<T> type) {
        ClassTag<T> tag = ClassTag$.MODULE$.apply(type);
        ByteBuffer bytes = KRYO.serialize(value, tag);
        return KRYO.deserialize(bytes, tag);
    }

    @Test
    void arraysOfAnyLengthComeBack() {
        Random random = new Random(1);
        for (int length : new int[] {0, 1, 8191, 8192, 16_384, 16_385, 100_001}) {
            float[] floats = new float[length];
            double[] doubles = new double[length];
            int[] ints = new int[length];
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            for (int i = 0; i < length; i++) {
                floats[i] = random.nextFloat();
                doubles[i] = random.nextGaussian();
                ints[i] = random.nextInt();
            }
            assertThat(roundTrip(floats, float[].class)).containsExactly(floats);
            assertThat(roundTrip(doubles, double[].class)).containsExactly(doubles);
            assertThat(roundTrip(ints, int[].class)).containsExactly(ints);
            assertThat(roundTrip(bytes, byte[].class)).containsExactly(bytes);
        }
    }

    @Test
    void blocksAndChunksComeBack() {
        RawBlock block = new RawBlock(
                7, 2, new double[] {1, Double.NaN}, new byte[] {1, -1}, new int[] {0, -1}, new String[][] {{"é"}, {}});
        assertThat(roundTrip(block, RawBlock.class))
                .usingRecursiveComparison()
                .withComparatorForType(Double::compare, Double.class)
                .isEqualTo(block);
        RowChunk chunk = new RowChunk(Split.TEST, 3, new int[] {5}, 2, new float[] {1, 2});
        assertThat(roundTrip(chunk, RowChunk.class)).usingRecursiveComparison().isEqualTo(chunk);
    }

    @Test
    void refusesWhatIsNotRegistered() {
        assertThatThrownBy(() -> roundTrip(new StringBuilder("x"), StringBuilder.class))
                .hasMessageContaining("Class is not registered: java.lang.StringBuilder");
    }
}
