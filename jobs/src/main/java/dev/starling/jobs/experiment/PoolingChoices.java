package dev.starling.jobs.experiment;

import dev.starling.jobs.experiment.tree.Range;
import dev.starling.jobs.experiment.tree.Section;
import dev.starling.worker.network.Padding;
import dev.starling.worker.network.Pooling;
import dev.starling.worker.network.Pooling1d;
import dev.starling.worker.network.Pooling2d;

/** The keys of pooling layers. */
final class PoolingChoices {
    private PoolingChoices() {}

    static LayerDraft pooling1d(Section s, String kind, Pooling pooling) {
        int size = s.integer("poolSize", 2, Range.COUNT);
        int stride = s.integer("strides", size, Range.COUNT);
        Padding padding = s.choice("padding", "valid", WeightedChoices.PADDINGS);
        return LayerDraft.of(s, kind, name -> new Pooling1d(name, pooling, size, stride, padding));
    }

    static LayerDraft pooling2d(Section s, String kind, Pooling pooling) {
        Extent size = Extent.read(s.find("poolSize", "2")).orElse(Extent.ONE);
        Extent stride = Extent.read(s.find("strides", size.toString())).orElse(size);
        Padding padding = s.choice("padding", "valid", WeightedChoices.PADDINGS);
        return LayerDraft.of(
                s,
                kind,
                name -> new Pooling2d(
                        name, pooling, size.height(), size.width(), stride.height(), stride.width(), padding));
    }
}
