package dev.starling.jobs.experiment;

import dev.starling.jobs.experiment.tree.Range;
import dev.starling.jobs.experiment.tree.Value;
import java.util.List;
import java.util.Optional;

/** A size over height and width: {@code 3} or {@code [3, 5]}, both ≥ 1. */
record Extent(int height, int width) {
    static final String EXPECTED = "a whole number or [height, width], at least 1";
    static final Extent ONE = new Extent(1, 1);

    static Optional<Extent> read(Value value) {
        if (!value.isList()) {
            return value.integer(new Range(" or [height, width], at least 1", x -> x >= 1))
                    .map(n -> new Extent(n, n));
        }
        List<Value> items = value.items(EXPECTED).orElse(List.of());
        if (items.size() != 2) {
            return value.refuse(EXPECTED);
        }
        Optional<Integer> height = items.get(0).integer(Range.COUNT);
        Optional<Integer> width = items.get(1).integer(Range.COUNT);
        return height.flatMap(h -> width.map(w -> new Extent(h, w)));
    }

    /** As the file writes it. */
    @Override
    public String toString() {
        return height == width ? String.valueOf(height) : "[" + height + ", " + width + "]";
    }
}
