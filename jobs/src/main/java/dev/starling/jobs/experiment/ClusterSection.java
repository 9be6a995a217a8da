package dev.starling.jobs.experiment;

import dev.starling.driver.training.FaultSpec;
import dev.starling.jobs.experiment.tree.Choices;
import dev.starling.jobs.experiment.tree.Range;
import dev.starling.jobs.experiment.tree.Section;
import dev.starling.worker.gang.TrainingSpec.OptimizerStatePolicy;

/**
 * Reads {@code cluster}.
 *
 * @param averageEvery local steps per round, ≥ 1
 */
record ClusterSection(Replicas replicas, int averageEvery, OptimizerStatePolicy optimizerState, FaultSpec faults) {
    private static final Choices<Replicas> REPLICAS = Choices.<Replicas>none()
            .word("auto", new Replicas.Auto())
            .otherwise("a whole number, at least 1", v -> v.integer(Range.COUNT).map(Replicas.Count::new));
    private static final Choices<Integer> AVERAGINGS =
            Choices.<Integer>none().field("every", v -> v.integer(Range.COUNT)).notYet("postLocal", "slowMo", "diLoCo");
    private static final Choices<OptimizerStatePolicy> STATES = Choices.<OptimizerStatePolicy>none()
            .word("average", OptimizerStatePolicy.AVERAGE)
            .word("keep", OptimizerStatePolicy.KEEP)
            .word("reset", OptimizerStatePolicy.RESET);

    static ClusterSection read(Section section) {
        section.notYet("compression", "overlap");
        Replicas replicas = section.choice("replicas", "auto", REPLICAS);
        int averageEvery = section.choice("averaging", "{every: 10}", AVERAGINGS);
        OptimizerStatePolicy optimizerState = section.choice("optimizerState", "average", STATES);
        return new ClusterSection(replicas, averageEvery, optimizerState, FaultKeys.read(section));
    }
}
