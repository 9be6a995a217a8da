package dev.starling.jobs.experiment;

import dev.starling.jobs.experiment.tree.Range;
import dev.starling.jobs.experiment.tree.Section;
import dev.starling.jobs.experiment.tree.Value;
import dev.starling.worker.network.GlobalPooling;
import dev.starling.worker.network.Pooling;
import dev.starling.worker.network.UpSampling1d;
import dev.starling.worker.network.ZeroPadding1d;
import dev.starling.worker.network.ZeroPadding2d;
import java.util.List;
import java.util.Optional;

/** The keys of layers that put values in other places. */
final class PlaceChoices {
    private static final Range NONE_OR_MORE = Range.from(0, 1_000_000);

    private PlaceChoices() {}

    static LayerDraft upSampling1d(Section s) {
        int size = s.integer("size", 2, Range.COUNT);
        return LayerDraft.of(s, "up_sampling1d", name -> new UpSampling1d(name, size));
    }

    static LayerDraft zeroPadding1d(Section s) {
        int[] sides = two(s.find("padding", "1"), "[before, after]").orElse(new int[2]);
        return LayerDraft.of(s, "zero_padding1d", name -> new ZeroPadding1d(name, sides[0], sides[1]));
    }

    /** One number for all sides, one for each axis, or a pair for each axis. */
    static LayerDraft zeroPadding2d(Section s) {
        Value padding = s.find("padding", "1");
        List<Value> axes = padding.isList() ? padding.items("[height, width]").orElse(List.of()) : List.of();
        int[] rows = new int[2];
        int[] columns = new int[2];
        if (axes.size() == 2 && axes.get(0).isList()) {
            rows = two(axes.get(0), "[top, bottom]").orElse(rows);
            columns = two(axes.get(1), "[left, right]").orElse(columns);
        } else {
            int[] both = two(padding, "[height, width], or [[top, bottom], [left, right]]")
                    .orElse(new int[2]);
            rows = new int[] {both[0], both[0]};
            columns = new int[] {both[1], both[1]};
        }
        int[] r = rows;
        int[] c = columns;
        return LayerDraft.of(s, "zero_padding2d", name -> new ZeroPadding2d(name, r[0], r[1], c[0], c[1]));
    }

    /** Two whole numbers from 0, or one for both. */
    private static Optional<int[]> two(Value value, String pair) {
        if (!value.isList()) {
            return value.integer(new Range(" or " + pair + ", at least 0", x -> x >= 0))
                    .map(n -> new int[] {n, n});
        }
        String expected = "a whole number or " + pair + ", at least 0";
        List<Value> items = value.items(expected).orElse(List.of());
        if (items.size() != 2) {
            return value.refuse(expected);
        }
        Optional<Integer> first = items.get(0).integer(NONE_OR_MORE);
        Optional<Integer> second = items.get(1).integer(NONE_OR_MORE);
        return first.flatMap(a -> second.map(b -> new int[] {a, b}));
    }

    static LayerDraft globalPooling(Section s, Pooling kind, int axes) {
        String word = kind == Pooling.MAX ? "max" : "average";
        return LayerDraft.of(
                s, "global_" + word + "_pooling" + axes + "d", name -> new GlobalPooling(name, kind, axes));
    }
}
