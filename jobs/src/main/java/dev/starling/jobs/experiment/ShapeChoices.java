package dev.starling.jobs.experiment;

import dev.starling.jobs.experiment.tree.Section;
import dev.starling.worker.network.Reshape;
import dev.starling.worker.network.Shape;
import dev.starling.worker.network.UpSampling2d;

/** The keys of layers that have no weights and change the shape alone. */
final class ShapeChoices {
    private ShapeChoices() {}

    static LayerDraft reshape(Section s) {
        Shape target = s.require("targetShape", NetworkSection.SHAPE)
                .flatMap(NetworkSection::shape)
                .orElse(new Shape.Flat(1));
        return LayerDraft.of(s, "reshape", name -> new Reshape(name, target));
    }

    static LayerDraft upSampling2d(Section s) {
        Extent size = Extent.read(s.find("size", "2")).orElse(Extent.ONE);
        return LayerDraft.of(s, "up_sampling2d", name -> new UpSampling2d(name, size.height(), size.width()));
    }
}
