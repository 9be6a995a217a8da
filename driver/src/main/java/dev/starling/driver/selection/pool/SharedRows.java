package dev.starling.driver.selection.pool;

import dev.starling.driver.data.RawRows;
import dev.starling.worker.data.ExampleBlock;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.Scale;
import dev.starling.worker.network.Shape;
import dev.starling.worker.pseudolabels.PseudoLabelSpec;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * What all slots of a JVM share while a pool runs: the rows as read, the choices of rows that units asked for, the preparations fitted on them, and the rows encoded by each: all
 * made once, by the first slot that needs them, whatever the number of slots and units. Bounded: of choices, preparations and encodings the least used go. Thread-safe.
 */
final class SharedRows implements AutoCloseable {
    /** Of a JVM's heap, what encoded rows may take together; what is in use stays beyond it. */
    private static final double HEAP_SHARE = 0.25;

    private static final int MOST_CHOICES = 64;

    private static final Map<String, Entry> ENTRIES = new HashMap<>();

    private final RawRows raw;
    private final Path spill;
    private final Shelf<Integer, RowChoice> choices = new Shelf<>(MOST_CHOICES, choice -> 1, choice -> {});
    private final Shelf<Fit, Preparation> preparations = new Shelf<>(MOST_CHOICES, fitted -> 1, fitted -> {});
    private final Shelf<Preparation, ExampleBlock> encoded;
    private final Shelf<Labels, LearnedRows> learned = new Shelf<>(MOST_CHOICES, rows -> 1, rows -> {});
    private final long heap;

    /** What a preparation is fitted on, and how. */
    private record Fit(int rows, List<Shape> declared, Scale scale, Scale targetScale) {}

    /** What pseudo-labels come of. */
    private record Labels(int rows, Preparation preparation, PseudoLabelSpec spec) {}

    private SharedRows(RawRows raw, Path spill, int sharers) {
        this.raw = raw;
        this.spill = spill;
        this.heap = (long) (Runtime.getRuntime().maxMemory() * HEAP_SHARE / sharers);
        this.encoded = new Shelf<>(heap, block -> size(block, heap), ExampleBlock::close);
    }

    /** Files count too, as a quarter of what there is, so that few of them stay. */
    private static long size(ExampleBlock block, long heap) {
        return block.isMapped() ? heap / 4 + 1 : block.bytes();
    }

    /** A slot's hold; what is shared goes with the last. */
    record Lease(String pool, SharedRows rows) implements AutoCloseable {
        @Override
        public void close() {
            synchronized (ENTRIES) {
                Entry entry = ENTRIES.get(pool);
                if (--entry.leases == 0) {
                    ENTRIES.remove(pool);
                    rows.close();
                }
            }
        }
    }

    private static final class Entry {
        private int leases;
        private SharedRows rows;

        private synchronized SharedRows get(Supplier<RawRows> read, Path spill, int sharers) {
            if (rows == null) {
                rows = new SharedRows(read.get(), spill, sharers);
            }
            return rows;
        }
    }

    /**
     * @param read called by the first slot alone, while the others wait
     * @param sharers how many data sets the memory is for
     */
    static Lease lease(String pool, Supplier<RawRows> read, Path spill, int sharers) {
        Entry entry;
        synchronized (ENTRIES) {
            entry = ENTRIES.computeIfAbsent(pool, id -> new Entry());
            entry.leases++;
        }
        try {
            return new Lease(pool, entry.get(read, spill, sharers));
        } catch (RuntimeException | Error e) {
            synchronized (ENTRIES) {
                if (--entry.leases == 0) {
                    ENTRIES.remove(pool);
                }
            }
            throw e;
        }
    }

    RawRows raw() {
        return raw;
    }

    RowChoice choice(int number, IntFunction<RowChoice> ask) {
        return choices.get(number, () -> ask.apply(number));
    }

    Preparation preparation(Unit unit, RowChoice choice) {
        Recipe recipe = unit.recipe();
        return preparations.get(
                new Fit(unit.rows(), recipe.declared(), recipe.scale(), recipe.targetScale()),
                () -> raw.fit(choice.train(), recipe.scale(), recipe.targetScale(), recipe.declaredInput()));
    }

    /** All rows; one that takes more than half of what is there for all goes to a memory-mapped file. */
    ExampleBlock encoded(Preparation preparation) {
        return encoded.get(preparation, () -> raw.encode(preparation, spill, heap / 2));
    }

    /** What a unit learns from: its training rows by their classes, or by pseudo-labels. */
    LearnedRows learned(Unit unit, RowChoice choice, Preparation preparation) {
        return unit.recipe().pseudoLabels().stream()
                .findFirst()
                .map(spec -> learned.get(
                        new Labels(unit.rows(), preparation, spec),
                        () -> LearnedRows.of(choice.train(), preparation, encoded(preparation), spec)))
                .orElseGet(() -> new LearnedRows(choice.train(), new int[0]));
    }

    /** Forgets what can be made again: memory is short. */
    void clear() {
        learned.close();
        preparations.close();
        encoded.close();
    }

    @Override
    public void close() {
        choices.close();
        clear();
    }
}
