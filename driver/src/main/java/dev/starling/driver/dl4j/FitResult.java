package dev.starling.driver.dl4j;

import dev.starling.worker.dl4j.FitOutcome;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.core.storage.StorageMetaData;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** What the task of one replica gives back; bytes on the way, by Spark's own Java serializer, so that the user's need not know it. */
sealed interface FitResult extends Serializable {
    /**
     * The replica finished.
     *
     * @param parameters rank 0's; empty from others, since all are equal
     * @param updaterState likewise; if replicas keep their own, rank 0's goes on
     * @param routed what its listeners sent to their router
     * @param slower what of this JVM makes training slower than it could be
     */
    record Done(
            FitOutcome outcome,
            float[] parameters,
            float[] updaterState,
            Routed routed,
            Where where,
            List<String> slower)
            implements FitResult {}

    /**
     * It failed.
     *
     * @param ofPeer whether it only ended because another replica failed
     * @param message stands alone
     */
    record Failed(boolean ofPeer, String message, String trace) implements FitResult {}

    /** In the order in which it came. */
    record Routed(List<StorageMetaData> metaData, List<Persistable> staticInfo, List<Persistable> updates)
            implements Serializable {}

    /** Of a replica. */
    record Where(String host, String executor, long thread) implements Serializable {}

    default byte[] toBytes() {
        return serialize(this);
    }

    static FitResult fromBytes(byte[] bytes) {
        return deserialize(bytes, FitResult.class);
    }

    static byte[] serialize(Serializable value) {
        ClassTag<Serializable> tag = ClassTag$.MODULE$.apply(Serializable.class);
        var buffer = SparkEnv.get().closureSerializer().newInstance().serialize(value, tag);
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    static <T> T deserialize(byte[] bytes, Class<T> type) {
        return SparkEnv.get()
                .closureSerializer()
                .newInstance()
                .deserialize(
                        java.nio.ByteBuffer.wrap(bytes),
                        Thread.currentThread().getContextClassLoader(),
                        ClassTag$.MODULE$.apply(type));
    }
}
