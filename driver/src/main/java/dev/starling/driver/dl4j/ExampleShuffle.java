package dev.starling.driver.dl4j;

import dev.starling.worker.data.Seeds;
import dev.starling.worker.data.Seeds.Purpose;
import dev.starling.worker.dl4j.ExampleDealer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.api.java.function.Function2;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import scala.Tuple2;

/**
 * Deals the examples of data sets to ranks, evenly and always alike: example by example within each partition, from a rank on that depends on the partition's number; each rank gets its part in the order of partitions. Nothing is counted
 * beforehand, and nothing passes the driver. Records are frames of bytes under a long, so that any serializer takes them, and fast.
 */
final class ExampleShuffle {
    /** A key is rank, partition, number of the frame, so that sorting by it gives a rank's frames in a fixed order, wherever they were fetched first. */
    private static final int RANK_SHIFT = 48;

    private static final int PARTITION_SHIFT = 24;
    private static final long MOST = 1L << PARTITION_SHIFT;

    private ExampleShuffle() {}

    /**
     * Lazily.
     *
     * @param toMultiDataSet what a record of the data is
     * @return one partition of frames per rank
     */
    static <T> JavaRDD<byte[]> deal(JavaRDD<T> data, Function<T, MultiDataSet> toMultiDataSet, int ranks) {
        JavaRDD<Tuple2<Long, byte[]>> frames = data.mapPartitionsWithIndex(new Dealing<>(toMultiDataSet, ranks), false);
        return JavaPairRDD.fromJavaRDD(frames)
                .repartitionAndSortWithinPartitions(new ByRank(ranks))
                .values();
    }

    private record Dealing<T>(Function<T, MultiDataSet> toMultiDataSet, int ranks)
            implements Function2<Integer, Iterator<T>, Iterator<Tuple2<Long, byte[]>>> {
        @Override
        public Iterator<Tuple2<Long, byte[]>> call(Integer partition, Iterator<T> records) {
            return new DealtFrames<>(toMultiDataSet, ranks, partition, records);
        }
    }

    /** The frames of one partition, as they become full. */
    private static final class DealtFrames<T> implements Iterator<Tuple2<Long, byte[]>> {
        private final Function<T, MultiDataSet> toMultiDataSet;
        private final int partition;
        private final Iterator<T> records;
        private final Deque<Tuple2<Long, byte[]>> ready = new ArrayDeque<>();
        private final long[] numbers;
        private final ExampleDealer dealer;
        private boolean finished;

        DealtFrames(Function<T, MultiDataSet> toMultiDataSet, int ranks, int partition, Iterator<T> records) {
            this.toMultiDataSet = toMultiDataSet;
            this.partition = partition;
            this.records = records;
            this.numbers = new long[ranks];
            int first = Math.floorMod(Seeds.derive(0, Purpose.DEAL, partition), ranks);
            this.dealer = new ExampleDealer(ranks, partition == 0 ? 0 : first, this::add);
        }

        private void add(int rank, byte[] frame) {
            long number = numbers[rank]++;
            if (partition >= MOST || number >= MOST) {
                throw new IllegalStateException(
                        "Cannot deal more than " + MOST + " partitions or frames for one replica");
            }
            long key = ((long) rank << RANK_SHIFT) | ((long) partition << PARTITION_SHIFT) | number;
            ready.add(new Tuple2<>(key, frame));
        }

        @Override
        public boolean hasNext() {
            while (ready.isEmpty() && records.hasNext()) {
                dealer.deal(convert(records.next()));
            }
            if (ready.isEmpty() && !finished) {
                finished = true;
                dealer.finish();
            }
            return !ready.isEmpty();
        }

        private MultiDataSet convert(T record) {
            try {
                return toMultiDataSet.call(record);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("Cannot load examples: " + e.getMessage(), e);
            }
        }

        @Override
        public Tuple2<Long, byte[]> next() {
            if (!hasNext()) {
                throw new NoSuchElementException("Cannot deal another frame: all are dealt");
            }
            return ready.remove();
        }
    }

    private static final class ByRank extends Partitioner {
        private static final long serialVersionUID = 1;

        private final int ranks;

        ByRank(int ranks) {
            this.ranks = ranks;
        }

        @Override
        public int numPartitions() {
            return ranks;
        }

        @Override
        public int getPartition(Object key) {
            return (int) ((Long) key >>> RANK_SHIFT);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ByRank that && that.ranks == ranks;
        }

        @Override
        public int hashCode() {
            return ranks;
        }
    }
}
