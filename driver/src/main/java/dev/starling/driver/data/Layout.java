package dev.starling.driver.data;

import dev.starling.driver.data.Dataset.Part;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;

/** Lays the blocks of a data set over Spark's partitions: each partition reads a run of every source, so that every split is spread evenly. */
final class Layout {
    private static final long PARTITION_BYTES = 64L << 20;
    private static final int MOST_STREAMS = 8;

    private Layout() {}

    /** A partition: per part of the data set, the first block and the one after the last. */
    record Runs(int[] from, int[] to) implements Serializable {}

    static JavaRDD<ParsedBlock> read(JavaSparkContext spark, Dataset dataset, int slots) {
        List<Runs> partitions = partitions(dataset, slots);
        SerializableConfiguration configuration = new SerializableConfiguration(spark.hadoopConfiguration());
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < partitions.size(); i++) {
            numbers.add(i);
        }
        return spark.parallelize(numbers, partitions.size())
                .flatMap(i -> blocks(dataset, partitions.get(i), configuration.value()))
                .setName("blocks");
    }

    /** In memory where the blocks take a quarter of it at most, else on disk: what trains needs the memory more. */
    static StorageLevel level(JavaSparkContext spark, long blockBytes) {
        long memory = Arrays.stream(spark.sc().statusTracker().getExecutorInfos())
                .mapToLong(SparkExecutorInfo::totalOnHeapStorageMemory)
                .sum();
        return blockBytes <= memory / 4 ? StorageLevel.MEMORY_AND_DISK_SER() : StorageLevel.DISK_ONLY();
    }

    /**
     * Lets executors forget blocks, and waits until they have. Where Spark was stopped, by a signal for example, they are gone already, and asking for it only prints a trace on
     * standard error: the threads that would answer are refused by a pool that has ended, which Scala tells past any log.
     */
    static void forget(JavaRDD<ParsedBlock> blocks) {
        if (!blocks.context().isStopped()) {
            blocks.unpersist(true);
        }
    }

    static List<Runs> partitions(Dataset dataset, int slots) {
        long waves = Math.max(1, (dataset.blockBytes() / slots + PARTITION_BYTES - 1) / PARTITION_BYTES);
        int most = dataset.parts().stream()
                .mapToInt(part -> part.plan().blocks())
                .max()
                .orElseThrow();
        int count = (int) Math.min(most, slots * waves);
        List<Runs> partitions = new ArrayList<>();
        List<int[]> bounds = dataset.parts().stream()
                .map(part -> bounds(part.plan(), count, Math.min(slots, MOST_STREAMS)))
                .toList();
        for (int i = 0; i < count; i++) {
            int number = i;
            partitions.add(new Runs(
                    bounds.stream().mapToInt(bound -> bound[number]).toArray(),
                    bounds.stream().mapToInt(bound -> bound[number + 1]).toArray()));
        }
        return partitions;
    }

    /** Even bounds of {@code count} runs, moved to the nearest place where reading may begin. */
    private static int[] bounds(SourcePlan plan, int count, int streams) {
        List<Integer> cuts = plan.cuts(streams);
        int blocks = plan.blocks();
        int[] bounds = new int[count + 1];
        bounds[count] = blocks;
        for (int i = 1; i < count; i++) {
            int even = (int) ((long) i * blocks / count);
            int nearest = blocks;
            for (int cut : cuts) {
                nearest = Math.abs(cut - even) <= Math.abs(nearest - even) ? cut : nearest;
            }
            bounds[i] = nearest;
        }
        return bounds;
    }

    private static Iterator<ParsedBlock> blocks(Dataset dataset, Runs runs, Configuration configuration) {
        List<Iterator<ParsedBlock>> sources = new ArrayList<>();
        for (int i = 0; i < dataset.parts().size(); i++) {
            Part part = dataset.parts().get(i);
            sources.add(part.plan().read(runs.from()[i], runs.to()[i], part.firstBlock(), configuration));
        }
        return new Chain<>(sources.iterator());
    }

    /** One iterator after the other. */
    private static final class Chain<T> implements Iterator<T> {
        private final Iterator<Iterator<T>> rest;
        private Iterator<T> current = Collections.emptyIterator();

        Chain(Iterator<Iterator<T>> rest) {
            this.rest = rest;
        }

        @Override
        public boolean hasNext() {
            while (!current.hasNext() && rest.hasNext()) {
                current = rest.next();
            }
            return current.hasNext();
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return current.next();
        }
    }
}
