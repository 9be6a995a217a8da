package dev.starling.driver.selection.pool;

import dev.starling.driver.data.ParsedBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.Dependency;
import org.apache.spark.NarrowDependency;
import org.apache.spark.Partition;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag;

/**
 * A partition per slot, each of which may read every block of the data: from the executors that hold them, without a shuffle and without the driver. (Spark's own ways lead either through one of the two, or give
 * each partition a part.)
 */
final class SlotsRdd extends RDD<byte[]> {
    private static final long serialVersionUID = 1;

    static final ClassTag<byte[]> BYTES = scala.reflect.ClassTag$.MODULE$.apply(byte[].class);

    private final int count;
    private final int slots;
    private final ArrayList<String> hosts;
    private final SlotTask task;

    SlotsRdd(SparkContext spark, List<RDD<ParsedBlock>> data, int slots, List<String> hosts, SlotTask task) {
        super(spark, onAll(data), BYTES);
        this.count = data.size();
        this.slots = slots;
        this.hosts = new ArrayList<>(hosts);
        this.task = task;
    }

    /** @param blocks per data set its partitions, which a task knows no other way */
    private record Slot(int index, Partition[][] blocks) implements Partition {
        @Override
        public int hashCode() {
            return index;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Slot slot && slot.index == index;
        }
    }

    private static scala.collection.Seq<Dependency<?>> onAll(List<RDD<ParsedBlock>> data) {
        List<Dependency<?>> all = new ArrayList<>();
        data.forEach(blocks -> all.add(new OnAll(blocks)));
        return JavaConverters.asScalaBuffer(all).toList();
    }

    private static final class OnAll extends NarrowDependency<ParsedBlock> {
        private static final long serialVersionUID = 1;

        private final int partitions;

        OnAll(RDD<ParsedBlock> blocks) {
            super(blocks);
            this.partitions = blocks.getNumPartitions();
        }

        @Override
        public scala.collection.Seq<Object> getParents(int slot) {
            List<Object> all = new ArrayList<>();
            IntStream.range(0, partitions).forEach(all::add);
            return JavaConverters.asScalaBuffer(all).toList();
        }
    }

    @Override
    public Partition[] getPartitions() {
        Partition[][] blocks = IntStream.range(0, count)
                .mapToObj(data -> blocks(data).partitions())
                .toArray(Partition[][]::new);
        return IntStream.range(0, slots).mapToObj(i -> new Slot(i, blocks)).toArray(Partition[]::new);
    }

    @Override
    public scala.collection.Seq<String> getPreferredLocations(Partition slot) {
        return JavaConverters.asScalaBuffer(hosts).toList();
    }

    @Override
    public scala.collection.Iterator<byte[]> compute(Partition slot, TaskContext context) {
        task.run(slot.index(), context, data -> read((Slot) slot, data, context));
        return JavaConverters.asScalaIterator(java.util.Collections.<byte[]>emptyIterator());
    }

    @SuppressWarnings("unchecked") // As they were given.
    private RDD<ParsedBlock> blocks(int data) {
        return (RDD<ParsedBlock>) dependencies().apply(data).rdd();
    }

    private List<ParsedBlock> read(Slot slot, int data, TaskContext context) {
        List<ParsedBlock> all = new ArrayList<>();
        for (Partition partition : slot.blocks[data]) {
            JavaConverters.asJavaIterator(blocks(data).iterator(partition, context))
                    .forEachRemaining(all::add);
        }
        return all;
    }
}
