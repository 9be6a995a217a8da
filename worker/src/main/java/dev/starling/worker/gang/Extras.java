package dev.starling.worker.gang;

import dev.starling.worker.data.Augmentation;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * What few trainings have.
 *
 * @param pretrainings none or one, before all else; a list since it travels to executors, which an Optional cannot
 * @param weightNoise standard deviation of the noise on weights while a batch is trained, ≥ 0
 * @param recorded what is written down of each layer, in every epoch
 * @param augmentation what becomes of training examples before they are presented
 */
public record Extras(
        List<PretrainingSpec> pretrainings, double weightNoise, List<Recorded> recorded, Augmentation augmentation)
        implements Serializable {
    public static final Extras NONE = new Extras(List.of(), 0, List.of(), Augmentation.NONE);

    public Extras {
        pretrainings = List.copyOf(pretrainings);
        recorded = List.copyOf(recorded);
    }

    public Optional<PretrainingSpec> pretraining() {
        return pretrainings.stream().findFirst();
    }

    /** Those that hold for the stages of a pre-training, too. */
    Extras ofStages() {
        return new Extras(List.of(), weightNoise, List.of(), Augmentation.NONE);
    }
}
