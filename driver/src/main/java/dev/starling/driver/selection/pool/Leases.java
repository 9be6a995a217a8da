package dev.starling.driver.selection.pool;

import dev.starling.driver.data.ParsedBlock;
import dev.starling.driver.data.RawData;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** A slot's hold on the data of its pool: on the first from the beginning, on the others from the first unit that needs them. One thread uses it. */
final class Leases implements AutoCloseable {
    private final String pool;
    private final List<RawData.Assembly> assemblies;
    private final IntFunction<List<ParsedBlock>> blocks;
    private final Path spill;
    private final SortedMap<Integer, SharedRows.Lease> held = new TreeMap<>();

    /** @param blocks by the data's number all of its blocks */
    Leases(String pool, List<RawData.Assembly> assemblies, IntFunction<List<ParsedBlock>> blocks, Path spill) {
        this.pool = pool;
        this.assemblies = assemblies;
        this.blocks = blocks;
        this.spill = spill;
        rows(0);
    }

    SharedRows rows(int data) {
        return held.computeIfAbsent(data, this::lease).rows();
    }

    private SharedRows.Lease lease(int data) {
        return SharedRows.lease(
                pool + "/" + data, () -> assemblies.get(data).of(blocks.apply(data)), spill, assemblies.size());
    }

    /** Forgets what can be made again: memory is short. */
    void clear() {
        held.values().forEach(lease -> lease.rows().clear());
    }

    @Override
    public void close() {
        held.values().forEach(SharedRows.Lease::close);
        held.clear();
    }
}
