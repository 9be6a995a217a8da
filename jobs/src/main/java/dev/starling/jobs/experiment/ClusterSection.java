package dev.starling.jobs.experiment;

import dev.starling.driver.training.FaultSpec;
import dev.starling.jobs.experiment.tree.Choices;
import dev.starling.jobs.experiment.tree.Range;
import dev.starling.jobs.experiment.tree.Section;
import dev.starling.worker.averaging.AveragingSpec;
import dev.starling.worker.exchange.Compression;
import dev.starling.worker.gang.TrainingSpec.OptimizerStatePolicy;

/** Reads {@code cluster}. */
record ClusterSection(
        Replicas replicas,
        AveragingSpec averaging,
        OptimizerStatePolicy optimizerState,
        Compression compression,
        boolean overlap,
        FaultSpec faults) {
    private static final Choices<Replicas> REPLICAS = Choices.<Replicas>none()
            .word("auto", new Replicas.Auto())
            .otherwise("a whole number, at least 1", v -> v.integer(Range.COUNT).map(Replicas.Count::new));
    private static final Choices<AveragingSpec> AVERAGINGS = Choices.<AveragingSpec>none()
            .field("every", v -> v.integer(Range.COUNT).map(AveragingSpec.Every::new))
            .section("postLocal", ClusterSection::postLocal)
            .section("slowMo", ClusterSection::slowMo)
            .section("diLoCo", ClusterSection::diLoCo);
    private static final Choices<OptimizerStatePolicy> STATES = Choices.<OptimizerStatePolicy>none()
            .word("average", OptimizerStatePolicy.AVERAGE)
            .word("keep", OptimizerStatePolicy.KEEP)
            .word("reset", OptimizerStatePolicy.RESET);
    private static final Choices<Compression> COMPRESSIONS =
            Choices.<Compression>none().word("none", Compression.NONE).word("fp16", Compression.FP16);

    static ClusterSection read(Section section) {
        return new ClusterSection(
                section.choice("replicas", "auto", REPLICAS),
                section.choice("averaging", "{every: 10}", AVERAGINGS),
                section.choice("optimizerState", "average", STATES),
                section.choice("compression", "none", COMPRESSIONS),
                section.flag("overlap", false),
                FaultKeys.read(section));
    }

    private static AveragingSpec postLocal(Section s) {
        int epochs = s.integer("epochs", 2, Range.NOT_NEGATIVE);
        return new AveragingSpec.PostLocal(epochs, s.integer("every", 10, Range.COUNT));
    }

    private static AveragingSpec slowMo(Section s) {
        int every = s.integer("every", 10, Range.COUNT);
        double learningRate = s.number("learningRate", 1, Range.POSITIVE);
        return new AveragingSpec.SlowMo(every, learningRate, s.number("momentum", 0.4, Range.RATE));
    }

    private static AveragingSpec diLoCo(Section s) {
        int every = s.integer("every", 20, Range.COUNT);
        double learningRate = s.number("learningRate", 0.7, Range.POSITIVE);
        return new AveragingSpec.DiLoCo(every, learningRate, s.number("momentum", 0.6, Range.RATE));
    }
}
