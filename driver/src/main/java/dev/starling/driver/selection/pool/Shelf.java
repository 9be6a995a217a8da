package dev.starling.driver.selection.pool;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** Values made once each and kept up to a limit; the least used go first, the newest never. Thread-safe: whoever asks for a value that is being made waits for it. */
final class Shelf<K, V> implements AutoCloseable {
    private final long limit;
    private final ToLongFunction<V> size;
    private final Consumer<V> release;
    private final Map<K, Slot<V>> slots = new LinkedHashMap<>(16, 0.75f, true);

    private static final class Slot<V> {
        private volatile V value;

        private synchronized V get(Supplier<V> make) {
            if (value == null) {
                value = make.get();
            }
            return value;
        }

        /** Null while it is not made; does not wait. */
        private V peek() {
            return value;
        }
    }

    /**
     * @param limit of the sizes together
     * @param release called for what goes, which may still be in use
     */
    Shelf(long limit, ToLongFunction<V> size, Consumer<V> release) {
        this.limit = limit;
        this.size = size;
        this.release = release;
    }

    V get(K key, Supplier<V> make) {
        Slot<V> slot;
        synchronized (slots) {
            slot = slots.computeIfAbsent(key, k -> new Slot<>());
        }
        V value = slot.get(make);
        trim(slot);
        return value;
    }

    private void trim(Slot<V> newest) {
        synchronized (slots) {
            long total = 0;
            for (Slot<V> slot : slots.values()) {
                total += sizeOf(slot);
            }
            Iterator<Slot<V>> eldest = slots.values().iterator();
            while (total > limit && eldest.hasNext()) {
                Slot<V> slot = eldest.next();
                long freed = sizeOf(slot);
                if (slot != newest && freed > 0) {
                    total -= freed;
                    eldest.remove();
                    release.accept(slot.peek());
                }
            }
        }
    }

    private long sizeOf(Slot<V> slot) {
        V value = slot.peek();
        return value == null ? 0 : size.applyAsLong(value);
    }

    /** Lets go of all. */
    @Override
    public void close() {
        synchronized (slots) {
            for (Slot<V> slot : slots.values()) {
                V value = slot.peek();
                if (value != null) {
                    release.accept(value);
                }
            }
            slots.clear();
        }
    }
}
