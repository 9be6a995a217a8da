package dev.starling.driver.data;

import org.apache.spark.Partitioner;

/** Sends what is keyed by a rank to the partition of that number. */
final class RankPartitioner extends Partitioner {
    private static final long serialVersionUID = 1;

    private final int replicas;

    RankPartitioner(int replicas) {
        this.replicas = replicas;
    }

    @Override
    public int numPartitions() {
        return replicas;
    }

    @Override
    public int getPartition(Object key) {
        return (Integer) key;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RankPartitioner that && that.replicas == replicas;
    }

    @Override
    public int hashCode() {
        return replicas;
    }
}
