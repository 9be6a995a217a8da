package dev.starling.driver.data;

import dev.starling.worker.data.RawBlock;
import dev.starling.worker.network.Shape;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * Opened IDX files.
 *
 * @param labels as many as features; empty where the target is the input
 */
record IdxPlan(IdxFile features, List<IdxFile> labels, Schema schema) implements SourcePlan {
    IdxPlan {
        labels = List.copyOf(labels);
    }

    @Override
    public boolean fillsMissing() {
        return false;
    }

    @Override
    public int blocks() {
        return (int) ((features.items() + (long) RawBlock.ROWS - 1) / RawBlock.ROWS);
    }

    @Override
    public List<Integer> cuts(int parts) {
        List<Integer> cuts = new ArrayList<>();
        SourcePlan.addCuts(cuts, 0, blocks(), features.file().compressed(), parts);
        return cuts;
    }

    @Override
    public long blockBytes() {
        return (long) features.items() * features.itemBytes();
    }

    @Override
    public Optional<Shape> shape() {
        List<Integer> sizes = features.shape();
        return Optional.of(
                switch (sizes.size()) {
                    case 2 -> new Shape.Image(sizes.get(0), sizes.get(1), 1);
                    case 3 -> new Shape.Image(sizes.get(0), sizes.get(1), sizes.get(2));
                    default -> new Shape.Flat(features.itemBytes());
                });
    }

    @Override
    public String place(int block, long where) {
        return labels.get(0).file().name() + ", item " + where;
    }

    @Override
    public Iterator<ParsedBlock> read(int from, int to, int firstIndex, Configuration configuration) {
        return new IdxBlocks(this, from, to, firstIndex, configuration);
    }
}
